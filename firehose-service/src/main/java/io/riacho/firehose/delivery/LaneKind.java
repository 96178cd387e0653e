package io.riacho.firehose.delivery;

/** What of a shard's records a lane takes, and so where they go. */
enum LaneKind {
    /** Processed records, to the destination. */
    DELIVERY,
    /** The source's records as they were, to the backup bucket. */
    BACKUP,
    /** Records whose processing failed, to the bucket under the error prefix. */
    FAILED
}
