package io.riacho.flink.source;

import org.jspecify.annotations.Nullable;

/**
 * A user record that was read, or the end of a closed shard.
 *
 * @param subSequenceNumber its place in the stored record, from 0
 * @param last whether it is the last of the stored record
 * @param arrival in milliseconds since 1970, as the stream tells it
 * @param data not to be changed; null for the end of the shard, and for a record that gives no row
 * @param failure why a function could not process it; null where nothing failed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and made for every record
record ReadRecord(
        String sequenceNumber,
        long subSequenceNumber,
        boolean last,
        String partitionKey,
        long arrival,
        byte @Nullable [] data,
        @Nullable String failure) {

    /** The end of any shard. */
    static final ReadRecord END = new ReadRecord("", 0, true, "", 0, null, null);

    /** What a function made of it; null for nothing. */
    ReadRecord with(byte @Nullable [] made) {
        return new ReadRecord(sequenceNumber, subSequenceNumber, last, partitionKey, arrival, made, null);
    }

    ReadRecord failed(String reason) {
        return new ReadRecord(sequenceNumber, subSequenceNumber, last, partitionKey, arrival, data, reason);
    }

    Position.After position() {
        return new Position.After(sequenceNumber, subSequenceNumber, last);
    }
}
