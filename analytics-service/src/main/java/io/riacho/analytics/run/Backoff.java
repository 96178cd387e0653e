package io.riacho.analytics.run;

import java.time.Duration;

/** How long to wait before a job is tried again. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 6;

    private Backoff() {}

    /** @param attempts how often it was tried in vain */
    static Duration after(int attempts) {
        if (attempts == 0) {
            return Duration.ZERO;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
        return wait.compareTo(LAST) < 0 ? wait : LAST;
    }
}
