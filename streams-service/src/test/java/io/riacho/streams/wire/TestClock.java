package io.riacho.streams.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which a test may put forward for a while. */
final class TestClock implements InstantSource {

    private final AtomicLong aheadMillis = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(aheadMillis.get());
    }

    /** Runs the test with the clock put forward by the given time. */
    void ahead(Duration time, Runnable test) {
        aheadMillis.addAndGet(time.toMillis());
        try {
            test.run();
        } finally {
            aheadMillis.addAndGet(-time.toMillis());
        }
    }
}
