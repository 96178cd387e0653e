package io.riacho.metrics.cloudwatch;

import java.time.Instant;
import java.util.Set;

/** Which lengths of periods there are, and where they begin. */
final class Periods {

    private static final int MINUTE = 60;
    private static final int DAY = 86_400;
    private static final Set<Integer> BELOW_A_MINUTE = Set.of(1, 5, 10, 30);

    private Periods() {}

    static boolean isPossible(int seconds) {
        return seconds < MINUTE ? BELOW_A_MINUTE.contains(seconds) : seconds % MINUTE == 0 && seconds <= DAY;
    }

    /** The time that the first period begins at: a whole minute, or a whole period where that is shorter. */
    static Instant start(Instant from, int period) {
        return floor(from, Math.min(period, MINUTE));
    }

    static Instant floor(Instant time, int seconds) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }
}
