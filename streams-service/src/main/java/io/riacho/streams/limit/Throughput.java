package io.riacho.streams.limit;

/**
 * What a shard lets through. AWS: 1 MiB or 1,000 records a second in, 2 MiB or 5 calls of GetRecords a second out.
 *
 * @param writeBytes bytes of data and partition keys a second
 * @param readBytes bytes of data a second, over all GetRecords calls
 * @param readCalls calls of GetRecords a second
 */
public record Throughput(boolean limited, double writeBytes, double writeRecords, double readBytes, double readCalls) {

    public static final Throughput OF_AWS = new Throughput(true, 1 << 20, 1000, 2 << 20, 5);
    public static final Throughput UNLIMITED = new Throughput(false, 0, 0, 0, 0);
}
