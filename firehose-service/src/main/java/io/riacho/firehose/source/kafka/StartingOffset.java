package io.riacho.firehose.source.kafka;

/** Where a partition is read from, as checkpoints tell it. */
final class StartingOffset {

    private static final String AT_OFFSET = "AT_OFFSET:";

    private StartingOffset() {}

    /**
     * The checkpoint of a partition of which nothing was read. The offset is found once, so that a repetition begins at the
     * same record: records' times do not always grow.
     */
    static String text(long first) {
        return AT_OFFSET + first;
    }

    /** @param checkpoint one of a new lease, or the offset of the last record that was read */
    static long of(String checkpoint) {
        return checkpoint.startsWith(AT_OFFSET)
                ? Long.parseLong(checkpoint.substring(AT_OFFSET.length()))
                : Long.parseLong(checkpoint) + 1;
    }
}
