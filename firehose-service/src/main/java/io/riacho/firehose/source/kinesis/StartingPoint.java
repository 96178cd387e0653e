package io.riacho.firehose.source.kinesis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;

/**
 * Where a shard is read from.
 *
 * @param after the sequence number of the last record that was read; null where none was
 * @param from when to begin; null for the oldest record
 */
record StartingPoint(@Nullable String after, @Nullable Instant from) {

    private static final String TRIM_HORIZON = "TRIM_HORIZON";
    private static final String AT_TIMESTAMP = "AT_TIMESTAMP:";

    /** The checkpoint of a shard of which nothing was read. */
    static String text(@Nullable Instant from) {
        return from == null ? TRIM_HORIZON : AT_TIMESTAMP + from;
    }

    static StartingPoint of(String checkpoint) {
        if (checkpoint.equals(TRIM_HORIZON)) {
            return new StartingPoint(null, null);
        }
        return checkpoint.startsWith(AT_TIMESTAMP)
                ? new StartingPoint(null, Instant.parse(checkpoint.substring(AT_TIMESTAMP.length())))
                : new StartingPoint(checkpoint, null);
    }

    static StartingPoint after(String sequenceNumber) {
        return new StartingPoint(sequenceNumber, null);
    }

    StartingPosition position() {
        StartingPosition.Builder position = StartingPosition.builder().type(type());
        if (after != null) {
            position.sequenceNumber(after);
        } else if (from != null) {
            position.timestamp(from);
        }
        return position.build();
    }

    void setOn(GetShardIteratorRequest.Builder request) {
        request.shardIteratorType(type());
        if (after != null) {
            request.startingSequenceNumber(after);
        } else if (from != null) {
            request.timestamp(from);
        }
    }

    private ShardIteratorType type() {
        if (after != null) {
            return ShardIteratorType.AFTER_SEQUENCE_NUMBER;
        }
        return from == null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AT_TIMESTAMP;
    }
}
