package io.riacho.log;

/**
 * What a log has done since it was opened, and how it is.
 *
 * @param commits groups of appends that were made durable together
 * @param appendedBytes written to the journal
 * @param appendedRecords made readable; those of sealed shards are counted too
 * @param damagedPlaces found on the disk, see the log for each
 * @param journalBytes in the journal, which segments may hold as well
 * @param isWritable whether an append that is made now is likely to succeed
 */
public record LogStatistics(
        long commits,
        long appendedBytes,
        long appendedRecords,
        long damagedPlaces,
        long journalBytes,
        boolean isWritable) {}
