package io.riacho.streams.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamModeDetails;
import software.amazon.awssdk.services.kinesis.model.StreamSummary;

/** The JSON of streams and shards. */
final class StreamForms {

    private StreamForms() {}

    /** What a new stream is to be. */
    record NewStream(
            @Nullable String name,
            @Nullable String mode,
            @Nullable Integer shardCount,
            @Nullable Integer retentionHours,
            @Nullable Integer maxRecordSizeKiB,
            @Nullable Map<String, String> tags) {}

    /** What is to be changed of a stream; one of them. */
    record StreamPatch(
            @Nullable String mode,
            @Nullable Integer shardCount,
            @Nullable Integer retentionHours,
            @Nullable Integer maxRecordSizeKiB) {}

    record Created(String name, String arn, String status) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            String name,
            String arn,
            String status,
            @Nullable String mode,
            @Nullable Instant createdAt) {

        static Listed of(StreamSummary stream) {
            return new Listed(
                    stream.streamName(),
                    stream.streamARN(),
                    stream.streamStatusAsString(),
                    modeOf(stream.streamModeDetails()),
                    stream.streamCreationTimestamp());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StreamPage(List<Listed> streams, @Nullable String nextToken) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            String name,
            String arn,
            String status,
            @Nullable String mode,
            int retentionHours,
            int openShardCount,
            @Nullable Integer maxRecordSizeKiB,
            @Nullable String encryptionType,
            @Nullable String keyId,
            @Nullable Instant createdAt,
            @Nullable Map<String, String> tags,
            @Nullable List<ShardForm> shards) {

        static Summary of(
                StreamDescriptionSummary stream, @Nullable Map<String, String> tags, @Nullable List<ShardForm> shards) {
            return new Summary(
                    stream.streamName(),
                    stream.streamARN(),
                    stream.streamStatusAsString(),
                    modeOf(stream.streamModeDetails()),
                    stream.retentionPeriodHours(),
                    stream.openShardCount(),
                    stream.maxRecordSizeInKiB(),
                    stream.encryptionTypeAsString(),
                    stream.keyId(),
                    stream.streamCreationTimestamp(),
                    tags,
                    shards);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShardForm(
            String shardId,
            @Nullable String parentShardId,
            @Nullable String adjacentParentShardId,
            String startingHashKey,
            String endingHashKey,
            String startingSequenceNumber,
            @Nullable String endingSequenceNumber) {

        static ShardForm of(Shard shard) {
            return new ShardForm(
                    shard.shardId(),
                    shard.parentShardId(),
                    shard.adjacentParentShardId(),
                    shard.hashKeyRange().startingHashKey(),
                    shard.hashKeyRange().endingHashKey(),
                    shard.sequenceNumberRange().startingSequenceNumber(),
                    shard.sequenceNumberRange().endingSequenceNumber());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShardPage(List<ShardForm> shards, @Nullable String nextToken) {}

    private static @Nullable String modeOf(@Nullable StreamModeDetails details) {
        return details == null ? null : details.streamModeAsString();
    }
}
