package io.riacho.benchmarks.firehose;

/**
 * What went through a delivery stream.
 *
 * @param bytes of the records as they were put
 * @param nanoseconds from the first put to the list with the last object
 */
public record Delivered(long records, long bytes, long nanoseconds) {

    public double recordsPerSecond() {
        return records * 1e9 / nanoseconds;
    }

    /** Of a million bytes. */
    public double megabytesPerSecond() {
        return bytes * 1e3 / nanoseconds;
    }
}
