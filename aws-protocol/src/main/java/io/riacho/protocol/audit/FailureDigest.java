package io.riacho.protocol.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood of failures from flooding the log: a minute's first failures, of each source and of all, are lines of
 * their own, the others are counted. Its memory is bounded. Safe for use by many threads.
 */
final class FailureDigest {

    static final int OF_ONE_SOURCE = 10;
    static final int OF_ALL = 60;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_SOURCES = 1_000;
    private static final int MOST_ERRORS = 32;
    private static final int TOP = 10;
    private static final String OTHERS = "others";

    private final Map<String, Integer> bySource = new HashMap<>();
    private final Map<String, Integer> suppressedBySource = new HashMap<>();
    private final Map<String, Integer> suppressedByError = new HashMap<>();
    private int admitted;
    private int suppressed;
    private @Nullable Instant start;

    /**
     * What was only counted.
     *
     * @param sources how many there were; at most a thousand are told apart
     * @param top those with the most failures
     */
    record Summary(
            Instant from,
            Instant to,
            int failures,
            int sources,
            List<Map.Entry<String, Integer>> top,
            Map<String, Integer> errors) {}

    /** Whether this failure is to be a line of its own. */
    synchronized boolean admit(String source, String error, Instant now) {
        if (start == null) {
            start = now;
        }
        String known = bySource.containsKey(source) || bySource.size() < MOST_SOURCES ? source : OTHERS;
        int ofSource = bySource.merge(known, 1, Integer::sum);
        if (ofSource <= OF_ONE_SOURCE && admitted < OF_ALL) {
            admitted++;
            return true;
        }
        suppressed++;
        suppressedBySource.merge(known, 1, Integer::sum);
        boolean isKnown = suppressedByError.containsKey(error) || suppressedByError.size() < MOST_ERRORS;
        suppressedByError.merge(isKnown ? error : OTHERS, 1, Integer::sum);
        return false;
    }

    /** Ends the minute where it is over; gives what was counted in it, or null where nothing was. */
    synchronized @Nullable Summary endWindow(Instant now) {
        boolean isOver = start != null && !now.isBefore(start.plus(WINDOW));
        return isOver ? end(now) : null;
    }

    /** Ends the minute now. */
    synchronized @Nullable Summary end(Instant now) {
        Instant from = start;
        Summary summary = suppressed == 0 || from == null
                ? null
                : new Summary(
                        from,
                        now,
                        suppressed,
                        suppressedBySource.size(),
                        suppressedBySource.entrySet().stream()
                                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                                .limit(TOP)
                                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                                .toList(),
                        Map.copyOf(suppressedByError));
        bySource.clear();
        suppressedBySource.clear();
        suppressedByError.clear();
        admitted = 0;
        suppressed = 0;
        start = null;
        return summary;
    }
}
