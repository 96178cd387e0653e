package io.riacho.flink.source;

import java.time.InstantSource;

/** The time at which rows are read, which never goes back, whatever the system's clock does. Used by the reader's thread. */
final class RowClock {

    private final InstantSource clock;
    private long last = Long.MIN_VALUE;

    RowClock(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970. */
    long now() {
        last = Math.max(last, clock.millis());
        return last;
    }

    /** What was given last, by this clock or by one before it. */
    long last() {
        return last;
    }

    void atLeast(long millis) {
        last = Math.max(last, millis);
    }
}
