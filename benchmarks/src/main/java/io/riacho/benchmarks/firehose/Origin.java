package io.riacho.benchmarks.firehose;

/** Where a delivery stream's records come from. */
public enum Origin {
    /** Puts to the delivery stream. */
    DIRECT_PUT,
    /** A Kinesis stream of one shard. */
    KINESIS_STREAM
}
