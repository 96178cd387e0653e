package io.riacho.streams.rest;

import io.riacho.streams.error.KinesisErrors;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader begins.
 *
 * @param shardId the one shard to read; null for all shards of the stream
 * @param lastEventId goes on behind the event of that id; null where there was none
 * @param type LATEST, TRIM_HORIZON, AT_TIMESTAMP or AFTER_SEQUENCE_NUMBER
 */
record StartingPoint(
        @Nullable String shardId,
        @Nullable String lastEventId,
        String type,
        @Nullable Instant timestamp,
        @Nullable String sequenceNumber) {

    /** @param from {@code latest}, {@code trim-horizon} or a time */
    static StartingPoint of(
            @Nullable String shardId, @Nullable String lastEventId, @Nullable String from, @Nullable String after) {
        String id = lastEventId == null || lastEventId.isEmpty() ? null : lastEventId;
        if (after != null) {
            if (shardId == null || from != null) {
                throw KinesisErrors.validation("'after' needs 'shardId', and excludes 'from'.");
            }
            return new StartingPoint(shardId, id, "AFTER_SEQUENCE_NUMBER", null, after);
        }
        if (from == null || from.equals("latest")) {
            return new StartingPoint(shardId, id, "LATEST", null, null);
        }
        return from.equals("trim-horizon")
                ? new StartingPoint(shardId, id, "TRIM_HORIZON", null, null)
                : new StartingPoint(shardId, id, "AT_TIMESTAMP", time(from), null);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw KinesisErrors.validation(
                    "'from' has to be 'latest', 'trim-horizon' or a time such as 2026-11-26T10:15:30Z.");
        }
    }
}
