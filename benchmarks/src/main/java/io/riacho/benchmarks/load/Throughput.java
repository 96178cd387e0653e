package io.riacho.benchmarks.load;

/**
 * Records that were written or read in a time.
 *
 * @param records how many were counted
 */
public record Throughput(long records, double perSecond) {

    public static Throughput of(long records, long nanoseconds) {
        return new Throughput(records, nanoseconds <= 0 ? 0 : records * 1e9 / nanoseconds);
    }

    /** What two connections do side by side. */
    Throughput and(Throughput other) {
        return new Throughput(records + other.records, perSecond + other.perSecond);
    }
}
