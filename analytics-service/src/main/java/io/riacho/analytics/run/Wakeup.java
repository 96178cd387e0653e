package io.riacho.analytics.run;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread wait until there is something to do. Raised before it waits, it does not wait. */
public final class Wakeup {

    private final Semaphore raised = new Semaphore(0);

    public void raise() {
        raised.release();
    }

    void await(Duration atMost) throws InterruptedException {
        if (raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            int unused = raised.drainPermits();
        }
    }
}
