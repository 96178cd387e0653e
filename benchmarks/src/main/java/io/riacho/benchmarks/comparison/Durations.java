package io.riacho.benchmarks.comparison;

import java.time.Duration;

/** How long a load runs before and while it is measured. */
record Durations(Duration warmUp, Duration measured) {

    private static final Duration PAUSE_BETWEEN_PUTS = Duration.ofMillis(4);
    /** About what one put to a reader takes, with the pause after it. */
    private static final int PUT_MILLISECONDS = 6;

    /** The pause after each put whose way to the reader is measured: a modest rate. */
    Duration pauseBetweenPuts() {
        return PAUSE_BETWEEN_PUTS;
    }

    /** At a hundred records a second. */
    int warmUpAtAHundred() {
        return (int) Math.max(1, warmUp.toMillis() / 10);
    }

    int measuredAtAHundred() {
        return (int) Math.max(10, measured.toMillis() / 10);
    }

    /** At twenty records a second, for five times as long as other loads: few records make no percentiles. */
    int warmUpAtTwenty() {
        return (int) Math.max(1, warmUp.toMillis() / 10);
    }

    int measuredAtTwenty() {
        return (int) Math.max(20, measured.toMillis() / 10);
    }

    /** For a round that does not count. */
    Durations halved() {
        return new Durations(warmUp.dividedBy(2), measured.dividedBy(2));
    }

    int warmUpPuts() {
        return (int) Math.max(1, warmUp.toMillis() / PUT_MILLISECONDS);
    }

    int measuredPuts() {
        return (int) Math.max(10, measured.toMillis() / PUT_MILLISECONDS);
    }
}
