package io.riacho.protocol.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those who are denied from rotating the log away: a minute's first denial of an action on a resource to a caller
 * is a line of its own, the same again is counted. So are those beyond {@link #OF_ONE_CALLER}, lest one caller, by asking
 * for ever other resources, hides the others. Its memory is bounded. Safe for use by many threads.
 */
final class DenialDigest {

    static final int OF_ONE_CALLER = 100;
    static final int OF_ALL = 1_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_CALLERS = 1_000;
    private static final int TOP = 10;
    private static final String OTHERS = "others";

    private final Map<Denial, Repeats> admitted = new LinkedHashMap<>();
    private final Map<String, Integer> byCaller = new HashMap<>();
    private final Map<String, Integer> othersByCaller = new HashMap<>();
    private int others;
    private @Nullable Instant start;

    /** What was denied to whom; texts of bounded length. */
    record Denial(String caller, String action, String resource) {}

    /** @param count how often it was denied again */
    record Repeated(Denial denial, int count) {}

    /**
     * What was only counted.
     *
     * @param repeated what has had a line of its own, and was denied again
     * @param others how many denials there were that had none
     * @param callers to how many they were; at most a thousand are told apart
     * @param top those with the most
     */
    record Summary(
            Instant from,
            Instant to,
            List<Repeated> repeated,
            int others,
            int callers,
            List<Map.Entry<String, Integer>> top) {}

    private static final class Repeats {
        private int count;
    }

    /** Whether this denial is to be a line of its own. */
    synchronized boolean admit(Denial denial, Instant now) {
        if (start == null) {
            start = now;
        }
        Repeats known = admitted.get(denial);
        if (known != null) {
            known.count++;
            return false;
        }
        String caller = byCaller.containsKey(denial.caller) || byCaller.size() < MOST_CALLERS ? denial.caller : OTHERS;
        if (byCaller.merge(caller, 1, Integer::sum) <= OF_ONE_CALLER && admitted.size() < OF_ALL) {
            admitted.put(denial, new Repeats());
            return true;
        }
        others++;
        othersByCaller.merge(caller, 1, Integer::sum);
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
        List<Repeated> repeated = new ArrayList<>();
        admitted.forEach((denial, repeats) -> {
            if (repeats.count > 0) {
                repeated.add(new Repeated(denial, repeats.count));
            }
        });
        Summary summary = from == null || (repeated.isEmpty() && others == 0)
                ? null
                : new Summary(
                        from,
                        now,
                        repeated,
                        others,
                        othersByCaller.size(),
                        othersByCaller.entrySet().stream()
                                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                                .limit(TOP)
                                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                                .toList());
        admitted.clear();
        byCaller.clear();
        othersByCaller.clear();
        others = 0;
        start = null;
        return summary;
    }
}
