package io.riacho.streams.stream;

import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.ShardIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.EnhancedMetrics;
import software.amazon.awssdk.services.kinesis.model.SequenceNumberRange;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamModeDetails;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.StreamSummary;
import software.amazon.awssdk.services.kinesis.model.WarmThroughputObject;

/** What the API tells of streams and shards. */
public final class Descriptions {

    private Descriptions() {}

    static StreamDescription stream(Stream stream, List<Shard> shards, boolean hasMoreShards) {
        return StreamDescription.builder()
                .streamName(stream.name())
                .streamARN(stream.arn())
                .streamStatus(stream.status())
                .streamModeDetails(mode(stream.mode()))
                .shards(shards)
                .hasMoreShards(hasMoreShards)
                .retentionPeriodHours(stream.retentionHours())
                .streamCreationTimestamp(stream.createdAt())
                .enhancedMonitoring(monitoring(stream))
                .encryptionType(encryption(stream))
                .keyId(stream.encryption().keyId())
                .build();
    }

    static StreamDescriptionSummary summary(Stream stream, int consumers) {
        return StreamDescriptionSummary.builder()
                .streamName(stream.name())
                .streamARN(stream.arn())
                .streamStatus(stream.status())
                .streamModeDetails(mode(stream.mode()))
                .retentionPeriodHours(stream.retentionHours())
                .streamCreationTimestamp(stream.createdAt())
                .enhancedMonitoring(monitoring(stream))
                .encryptionType(encryption(stream))
                .keyId(stream.encryption().keyId())
                .openShardCount(
                        stream.status() == StreamStatus.CREATING
                                ? 0
                                : stream.shards().openCount())
                .consumerCount(consumers)
                .maxRecordSizeInKiB(stream.maxRecordSizeInKiB())
                .warmThroughput(warmThroughput(stream))
                .build();
    }

    static StreamSummary listed(Stream stream) {
        return StreamSummary.builder()
                .streamName(stream.name())
                .streamARN(stream.arn())
                .streamStatus(stream.status())
                .streamModeDetails(mode(stream.mode()))
                .streamCreationTimestamp(stream.createdAt())
                .build();
    }

    /** Null for a provisioned stream, whose throughput is that of its shards. */
    static @Nullable WarmThroughputObject warmThroughput(Stream stream) {
        Integer target = stream.warmThroughputMiBps();
        return target == null
                ? null
                : WarmThroughputObject.builder()
                        .targetMiBps(target)
                        .currentMiBps(stream.shards().openCount())
                        .build();
    }

    static Shard shard(io.riacho.streams.shard.Shard shard) {
        var numbers = shard.sequenceNumbers();
        var range = SequenceNumberRange.builder().startingSequenceNumber(numbers.starting());
        Instant closedAt = shard.closedAt();
        if (closedAt != null) {
            range.endingSequenceNumber(numbers.ending(closedAt.getEpochSecond()));
        }
        Shard.Builder described = Shard.builder()
                .shardId(shard.id())
                .hashKeyRange(range(shard.range()))
                .sequenceNumberRange(range.build());
        shard.parent().ifPresent(parent -> described.parentShardId(ShardIds.format(parent)));
        shard.adjacentParent().ifPresent(parent -> described.adjacentParentShardId(ShardIds.format(parent)));
        return described.build();
    }

    public static software.amazon.awssdk.services.kinesis.model.HashKeyRange range(HashKeyRange range) {
        return software.amazon.awssdk.services.kinesis.model.HashKeyRange.builder()
                .startingHashKey(range.start().toString())
                .endingHashKey(range.end().toString())
                .build();
    }

    private static EncryptionType encryption(Stream stream) {
        return stream.encryption().isOn() ? EncryptionType.KMS : EncryptionType.NONE;
    }

    private static StreamModeDetails mode(StreamMode mode) {
        return StreamModeDetails.builder().streamMode(mode).build();
    }

    private static EnhancedMetrics monitoring(Stream stream) {
        return EnhancedMetrics.builder()
                .shardLevelMetricsWithStrings(
                        stream.shardLevelMetrics().stream().sorted().toList())
                .build();
    }
}
