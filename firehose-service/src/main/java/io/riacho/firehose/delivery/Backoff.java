package io.riacho.firehose.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double with each failure up to a minute, with chance in them so that not all come back at once. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 60_000;

    private int failures;

    /** How long to wait after another failure: between half the time and the whole. */
    Duration next() {
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 16));
        failures++;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    int failures() {
        return failures;
    }

    void reset() {
        failures = 0;
    }
}
