package io.riacho.streams.stream;

import io.riacho.policy.NamedPolicy;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.ShardMap;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Makes a stream of another, with some things changed. Not thread-safe. */
public final class StreamChange {

    private final Stream before;
    private StreamStatus status;
    private StreamMode mode;
    private int retentionHours;
    private int maxRecordSizeInKiB;
    private @Nullable Integer warmThroughputMiBps;
    private Set<String> shardLevelMetrics;
    private SortedMap<String, String> tags;
    private ResourcePermissions permissions;
    private ShardMap shards;
    private int nextShardIndex;
    private List<Reshape> pending;
    private List<Instant> shardCountUpdates;
    private List<Instant> modeSwitches;
    private StreamEncryption encryption;

    StreamChange(Stream before) {
        this.before = before;
        status = before.status();
        mode = before.mode();
        retentionHours = before.retentionHours();
        maxRecordSizeInKiB = before.maxRecordSizeInKiB();
        warmThroughputMiBps = before.warmThroughputMiBps();
        shardLevelMetrics = before.shardLevelMetrics();
        tags = before.tags();
        permissions = before.permissions();
        shards = before.shards();
        nextShardIndex = before.nextShardIndex();
        pending = before.pending();
        shardCountUpdates = before.shardCountUpdates();
        modeSwitches = before.modeSwitches();
        encryption = before.encryption();
    }

    public StreamChange status(StreamStatus newStatus) {
        status = newStatus;
        return this;
    }

    public StreamChange mode(StreamMode newMode) {
        mode = newMode;
        return this;
    }

    public StreamChange retentionHours(int hours) {
        retentionHours = hours;
        return this;
    }

    public StreamChange maxRecordSizeInKiB(int size) {
        maxRecordSizeInKiB = size;
        return this;
    }

    public StreamChange warmThroughputMiBps(@Nullable Integer throughput) {
        warmThroughputMiBps = throughput;
        return this;
    }

    public StreamChange shardLevelMetrics(Set<String> metrics) {
        shardLevelMetrics = Set.copyOf(metrics);
        return this;
    }

    public StreamChange tags(Map<String, String> newTags) {
        tags = Collections.unmodifiableSortedMap(Stream.sorted(newTags));
        permissions = permissions.with(tags);
        return this;
    }

    /** @param policy null to take it away */
    public StreamChange policy(@Nullable NamedPolicy policy) {
        permissions = permissions.with(tags, policy);
        return this;
    }

    public StreamChange shards(ShardMap newShards, int newNextShardIndex) {
        shards = newShards;
        nextShardIndex = newNextShardIndex;
        return this;
    }

    public StreamChange pending(List<Reshape> changes) {
        pending = List.copyOf(changes);
        return this;
    }

    public StreamChange shardCountUpdates(List<Instant> times) {
        shardCountUpdates = List.copyOf(times);
        return this;
    }

    public StreamChange modeSwitches(List<Instant> times) {
        modeSwitches = List.copyOf(times);
        return this;
    }

    public StreamChange encryption(StreamEncryption newEncryption) {
        encryption = newEncryption;
        return this;
    }

    public Stream done() {
        return new Stream(
                before.id(),
                before.name(),
                before.arn(),
                before.createdAt(),
                status,
                mode,
                retentionHours,
                maxRecordSizeInKiB,
                warmThroughputMiBps,
                shardLevelMetrics,
                tags,
                permissions,
                shards,
                nextShardIndex,
                pending,
                shardCountUpdates,
                modeSwitches,
                encryption,
                before.traffic());
    }
}
