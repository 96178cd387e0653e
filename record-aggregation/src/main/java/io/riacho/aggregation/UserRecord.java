package io.riacho.aggregation;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record as a producer's application wrote it.
 *
 * @param explicitHashKey in decimal; null where the partition key decides, and for a record that was not aggregated, which
 *     does not tell
 * @param data not to be written to; shares the stored record's memory
 * @param subSequenceNumber its place in the stored record, from 0: with the stored record's sequence number, what a reader
 *     checkpoints
 * @param aggregated whether it was one of those that the producer library put into one stored record
 */
public record UserRecord(
        String partitionKey,
        @Nullable String explicitHashKey,
        ByteBuffer data,
        long subSequenceNumber,
        boolean aggregated) {}
