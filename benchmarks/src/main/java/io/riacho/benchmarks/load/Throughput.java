package io.riacho.benchmarks.load;

/** Records that were written or read in a time. */
public record Throughput(long records, long nanoseconds) {

    public double perSecond() {
        return nanoseconds == 0 ? 0 : records * 1e9 / nanoseconds;
    }
}
