package io.riacho.streams.stream;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.limit.ShardLimits;
import io.riacho.streams.limit.Throughput;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.Shard.Lineage;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.traffic.StreamTraffic;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Rows to streams and back. */
final class StreamMapping {

    private final StreamNaming naming;
    private final LimitSettings limits;
    private final LongSupplier nanoTime;

    StreamMapping(StreamNaming naming, LimitSettings limits, LongSupplier nanoTime) {
        this.naming = naming;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    Stream toStream(StreamEntity entity, List<ShardEntity> shards) {
        Throughput throughput = limits.throughputOf(entity.name);
        return new Stream(
                entity.id,
                entity.name,
                naming.arnOf(entity.name),
                entity.createdAt,
                StreamStatus.fromValue(entity.status),
                StreamMode.fromValue(entity.mode),
                entity.retentionHours,
                entity.maxRecordSizeInKib,
                entity.warmThroughputMibps,
                Set.of(entity.shardLevelMetrics),
                Collections.unmodifiableSortedMap(Stream.sorted(entity.tags)),
                new ResourcePermissions(naming.arnOf(entity.name), naming.accountId(), entity.tags, policy(entity)),
                new ShardMap(
                        shards.stream().map(shard -> toShard(shard, throughput)).toList()),
                entity.nextShardIndex,
                Reshape.parse(entity.pending),
                List.of(entity.shardCountUpdates),
                List.of(entity.modeSwitches),
                new StreamEncryption(
                        entity.encryptionKeyId, List.of(entity.encryptionStarts), List.of(entity.encryptionStops)),
                new StreamTraffic());
    }

    void fill(StreamEntity entity, Stream stream) {
        entity.id = stream.id();
        entity.name = stream.name();
        entity.createdAt = stream.createdAt();
        entity.status = stream.status().toString();
        entity.mode = stream.mode().toString();
        entity.retentionHours = stream.retentionHours();
        entity.maxRecordSizeInKib = stream.maxRecordSizeInKiB();
        entity.warmThroughputMibps = stream.warmThroughputMiBps();
        entity.shardLevelMetrics = sorted(stream.shardLevelMetrics());
        entity.nextShardIndex = stream.nextShardIndex();
        entity.pending = Reshape.toText(stream.pending());
        entity.shardCountUpdates = stream.shardCountUpdates().toArray(Instant[]::new);
        entity.modeSwitches = stream.modeSwitches().toArray(Instant[]::new);
        NamedPolicy policy = stream.policy();
        entity.resourcePolicy = policy == null ? null : policy.document().text();
        entity.encryptionKeyId = stream.encryption().keyId();
        entity.encryptionStarts = stream.encryption().starts().toArray(Instant[]::new);
        entity.encryptionStops = stream.encryption().stops().toArray(Instant[]::new);
        if (!entity.tags.equals(stream.tags())) {
            entity.tags.clear();
            entity.tags.putAll(stream.tags());
        }
    }

    /** A policy that is not understood may forbid anything, so the stream cannot be served without it. */
    private @Nullable NamedPolicy policy(StreamEntity entity) {
        String text = entity.resourcePolicy;
        if (text == null) {
            return null;
        }
        try {
            return new NamedPolicy(naming.arnOf(entity.name), PolicyDocument.parse(text, PolicyKind.RESOURCE));
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("The stored resource policy of stream " + entity.name + " is not valid", e);
        }
    }

    ShardEntity toEntity(long streamId, Shard shard) {
        ShardEntity entity = new ShardEntity();
        entity.number = shard.number();
        entity.streamId = streamId;
        entity.shardIndex = shard.index();
        entity.startingHashKey = shard.range().start().toBigInteger();
        entity.endingHashKey = shard.range().end().toBigInteger();
        entity.parentIndex = shard.parent().isPresent() ? shard.parent().getAsInt() : null;
        entity.adjacentParentIndex =
                shard.adjacentParent().isPresent() ? shard.adjacentParent().getAsInt() : null;
        entity.creationSecond = shard.creationSecond();
        entity.openedAt = shard.openedAt();
        entity.closedAt = shard.closedAt();
        return entity;
    }

    private Shard toShard(ShardEntity entity, Throughput throughput) {
        Shard shard = new Shard(
                entity.number,
                entity.shardIndex,
                new HashKeyRange(HashKey.of(entity.startingHashKey), HashKey.of(entity.endingHashKey)),
                new Lineage(optional(entity.parentIndex), optional(entity.adjacentParentIndex)),
                entity.creationSecond,
                entity.openedAt,
                new ShardLimits(throughput, nanoTime));
        Instant closedAt = entity.closedAt;
        return closedAt == null ? shard : shard.closed(closedAt);
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static String[] sorted(Set<String> values) {
        String[] array = values.toArray(String[]::new);
        Arrays.sort(array);
        return array;
    }
}
