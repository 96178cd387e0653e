package io.riacho.streams.reshard;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.stream.AccountLimits;
import io.riacho.streams.stream.RecentCalls;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamLifecycle;
import io.riacho.streams.stream.StreamResolver;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.MergeShardsRequest;
import software.amazon.awssdk.services.kinesis.model.SplitShardRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;

/** SplitShard, MergeShards and UpdateShardCount: checks now, the change while the stream is UPDATING. */
public final class ReshardOperations {

    private static final int MOST_SHARDS = 10_000;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;
    private final AccountLimits accountLimits;
    private final LimitSettings limits;
    private final InstantSource clock;

    public ReshardOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamLifecycle lifecycle,
            AccountLimits accountLimits,
            LimitSettings limits,
            InstantSource clock) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.lifecycle = lifecycle;
        this.accountLimits = accountLimits;
        this.limits = limits;
        this.clock = clock;
    }

    public void splitShard(SplitShardRequest request) {
        String name = resolver.name(request.streamName(), request.streamARN(), request.streamId());
        int index = index(request.shardToSplit(), name);
        lifecycle.update(catalog.get(name), stream -> {
            requireProvisionedAndActive(stream);
            Shard shard = shard(stream, index);
            accountLimits.checkShards(1);
            checkSplit(stream, shard, new BigInteger(request.newStartingHashKey()));
            requireOpen(stream, shard);
            HashKey at = HashKey.parse(request.newStartingHashKey());
            return pending(stream, new Reshape.Split(index, at));
        });
    }

    public void mergeShards(MergeShardsRequest request) {
        String name = resolver.name(request.streamName(), request.streamARN(), request.streamId());
        int index = index(request.shardToMerge(), name);
        int adjacentIndex = index(request.adjacentShardToMerge(), name);
        lifecycle.update(catalog.get(name), stream -> {
            requireProvisionedAndActive(stream);
            Shard shard = shard(stream, index);
            Shard adjacent = shard(stream, adjacentIndex);
            requireOpen(stream, shard);
            requireOpen(stream, adjacent);
            if (!shard.range().isFollowedBy(adjacent.range())) {
                throw KinesisErrors.invalidArgument("Shards " + shard.id() + " and " + adjacent.id() + " in stream "
                        + stream.name() + " under account " + account()
                        + " are not an adjacent pair of shards eligible for merging");
            }
            return pending(stream, new Reshape.Merge(index, adjacentIndex));
        });
    }

    public UpdateShardCountResponse updateShardCount(UpdateShardCountRequest request) {
        Stream found = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        int target = request.targetShardCount();
        int current = found.shards().openCount();
        if (target == current) {
            requireProvisionedAndActive(found);
        } else {
            lifecycle.update(found, stream -> {
                requireProvisionedAndActive(stream);
                checkScale(stream, target);
                Instant now = clock.instant();
                return stream.changed()
                        .pending(List.of(new Reshape.Scale(target)))
                        .shardCountUpdates(RecentCalls.with(stream.shardCountUpdates(), now))
                        .done();
            });
        }
        return UpdateShardCountResponse.builder()
                .streamName(found.name())
                .streamARN(found.arn())
                .currentShardCount(current)
                .targetShardCount(target)
                .build();
    }

    private void checkScale(Stream stream, int target) {
        int open = stream.shards().openCount();
        String counts = ". Current open shard count: " + open + ", Target shard count: " + target;
        int most = limits.enabled() ? Math.min(MOST_SHARDS, limits.shards()) : MOST_SHARDS;
        if (target > most) {
            throw KinesisErrors.limitExceeded(
                    "Target shard count or number of open shards cannot be greater than " + most + counts);
        }
        if (!limits.enabled()) {
            return;
        }
        if (target > 2L * open) {
            throw KinesisErrors.limitExceeded(
                    "UpdateShardCount cannot scale up over double your current open shard count" + counts);
        }
        if (2L * target < open) {
            throw KinesisErrors.limitExceeded(
                    "UpdateShardCount cannot scale down below half your current open shard count" + counts);
        }
        if (RecentCalls.of(stream.shardCountUpdates(), clock.instant()).size() >= limits.shardCountUpdates()) {
            throw KinesisErrors.limitExceeded(
                    "Rate exceeded for stream " + stream.name() + " under account " + account() + ".");
        }
        accountLimits.checkShards(target - open);
    }

    private void checkSplit(Stream stream, Shard shard, BigInteger key) {
        HashKeyRange range = shard.range();
        boolean inside = key.compareTo(range.start().toBigInteger().add(BigInteger.ONE)) > 0
                && key.compareTo(range.end().toBigInteger()) < 0;
        if (!inside) {
            throw KinesisErrors.invalidArgument("NewStartingHashKey " + key + " used in SplitShard() on shard "
                    + shard.id() + " in stream " + stream.name() + " under account " + account()
                    + " is not both greater than one plus the shard's StartingHashKey " + range.start()
                    + " and less than the shard's EndingHashKey " + range.end() + ".");
        }
    }

    private void requireProvisionedAndActive(Stream stream) {
        if (stream.isOnDemand()) {
            throw KinesisErrors.validation("Request is invalid. Stream " + stream.name() + " under account " + account()
                    + " is in On-Demand mode.");
        }
        resolver.requireActive(stream);
    }

    private void requireOpen(Stream stream, Shard shard) {
        if (!shard.isOpen()) {
            throw KinesisErrors.invalidArgument("Shard " + shard.id() + " in stream " + stream.name()
                    + " under account " + account()
                    + " has already been merged or split, and thus is not eligible for merging or splitting.");
        }
    }

    private Shard shard(Stream stream, int index) {
        return stream.shards()
                .find(index)
                .orElseThrow(() -> KinesisErrors.noSuchShardId(ShardIds.format(index), stream.name(), account()));
    }

    private int index(String shardId, String streamName) {
        return ShardIds.parse(shardId).orElseThrow(() -> KinesisErrors.noSuchShardId(shardId, streamName, account()));
    }

    private String account() {
        return catalog.naming().accountId();
    }

    private static Stream pending(Stream stream, Reshape change) {
        return stream.changed().pending(List.of(change)).done();
    }
}
