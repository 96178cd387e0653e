package io.riacho.benchmarks.firehose;

/** What records are in objects. */
public enum Format {
    /** As they were put, one behind the other. */
    LINES,
    /** The same, compressed. */
    GZIP,
    /** Rows of a table. */
    PARQUET
}
