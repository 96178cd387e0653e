package io.riacho.benchmarks.load;

import java.util.Arrays;

/** Times of single events, in nanoseconds. Not thread-safe. */
public final class Latencies {

    private long[] nanoseconds = new long[1024];
    private int size;

    public void add(long time) {
        if (size == nanoseconds.length) {
            nanoseconds = Arrays.copyOf(nanoseconds, size * 2);
        }
        nanoseconds[size++] = time;
    }

    public int size() {
        return size;
    }

    /**
     * The time that the given part of all events did not exceed, in milliseconds (nearest rank).
     *
     * @param part above 0, up to 1
     */
    public double milliseconds(double part) {
        if (size == 0) {
            throw new IllegalStateException("Nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanoseconds, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * size) - 1)] / 1e6;
    }
}
