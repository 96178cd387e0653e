package io.riacho.log;

/**
 * What a log has done since it was opened, and how it is.
 *
 * @param commits groups of appends that were made durable together
 * @param appendedBytes written to the journal
 * @param appendedRecords made readable; those of sealed shards are counted too
 * @param damagedPlaces found on the disk, see the log for each
 * @param journalBytes in the journal, which segments may hold as well
 * @param shards that have anything, or had in this process
 * @param segments of all shards
 * @param segmentBytes of all segments, with what is only in the journal
 * @param isWritable whether an append that is made now is likely to succeed
 */
public record LogStatistics(
        long commits,
        long appendedBytes,
        long appendedRecords,
        long damagedPlaces,
        long journalBytes,
        long shards,
        long segments,
        long segmentBytes,
        Forces forces,
        boolean isWritable) {

    /**
     * How the disk made commits durable; nothing where commits are not forced.
     *
     * @param nanos of all
     * @param longestNanos since the log was opened
     */
    public record Forces(long count, long nanos, long longestNanos) {}
}
