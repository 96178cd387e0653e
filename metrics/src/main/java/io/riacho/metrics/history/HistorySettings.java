package io.riacho.metrics.history;

import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param seconds how long values of high resolution are kept second by second
 * @param minutes how long values are kept minute by minute
 * @param fiveMinutes how long they are kept by five minutes, after that
 * @param maxSeries of how many metrics, where each unit of one counts
 * @param maxOwnSeries how many metrics of the server itself there may be beside them
 * @param maxBytes what all values may take; beyond it, the oldest go first
 */
public record HistorySettings(
        Duration seconds, Duration minutes, Duration fiveMinutes, int maxSeries, int maxOwnSeries, long maxBytes) {

    public HistorySettings {
        if (seconds.isNegative()
                || minutes.compareTo(Duration.ofMinutes(5)) < 0
                || fiveMinutes.isNegative()
                || seconds.compareTo(minutes) > 0
                || maxSeries < 1
                || maxOwnSeries < 1
                || maxBytes < 1) {
            throw new IllegalArgumentException("Values are kept for at least five minutes by minute, by second for no"
                    + " longer than by minute, and for at least one metric");
        }
    }
}
