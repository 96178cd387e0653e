package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.Throughput;
import java.util.TreeMap;

/** How many records each window counted: how fast a job was, told by its own result. Not thread-safe. */
final class Counts {

    private static final int LEAST_WINDOWS = 4;

    private final TreeMap<Long, Long> byWindow = new TreeMap<>();
    private long total;

    void add(Row row) {
        byWindow.merge(row.begins(), row.ticks(), Long::sum);
        total += row.ticks();
    }

    long total() {
        return total;
    }

    /** Of the windows but for the first and the last, in which the job began and ended. */
    Throughput throughput() {
        if (byWindow.size() < LEAST_WINDOWS) {
            throw new IllegalStateException(
                    total + " records in " + byWindow.size() + " windows are too few to tell how fast they were");
        }
        long first = byWindow.firstKey();
        long last = byWindow.lastKey();
        long counted =
                total - byWindow.firstEntry().getValue() - byWindow.lastEntry().getValue();
        return Throughput.of(counted, (last - first - Averages.WINDOW.toMillis()) * 1_000_000);
    }
}
