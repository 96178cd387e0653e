package io.riacho.streams.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one reader waits at until there may be something to read. Whoever raises it only leaves a note and wakes the
 * reader's thread, so a commit may do it. One thread waits; any may raise it.
 */
public final class ReadWakeup {

    private volatile boolean raised;
    private volatile @Nullable Thread reader;

    /** Wakes the reader, or lets it not wait next time. */
    public void raise() {
        raised = true;
        Thread waiting = reader;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /**
     * Waits until it is raised, or the time is over, and takes it down. What is raised afterwards counts for the next time,
     * so who has waited has to look again.
     */
    public void await(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(nanos, TimeUnit.DAYS.toNanos(1));
        reader = Thread.currentThread();
        try {
            for (long left = deadline - System.nanoTime(); !raised && left > 0; left = deadline - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            reader = null;
        }
        raised = false;
    }
}
