package io.riacho.streams.stream;

import io.riacho.policy.NamedPolicy;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.traffic.StreamTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * A stream as it was at one moment. Immutable, but for its traffic.
 *
 * @param id never used twice, unlike the name
 * @param nextShardIndex the index that the next new shard gets
 * @param maxRecordSizeInKiB how large one record's data may be
 * @param warmThroughputMiBps what an on-demand stream is kept ready for; null where nothing was asked for
 * @param shardLevelMetrics the names that EnableEnhancedMonitoring takes
 * @param tags in the order of their keys
 * @param permissions what callers need, made of the tags and of the stream's policy
 * @param pending what was accepted while the stream is UPDATING and is still to be made
 * @param shardCountUpdates when UpdateShardCount was called in the last 24 hours
 * @param traffic that all moments of the stream share
 * @param modeSwitches when the mode was switched in the last 24 hours
 */
public record Stream(
        long id,
        String name,
        String arn,
        Instant createdAt,
        StreamStatus status,
        StreamMode mode,
        int retentionHours,
        int maxRecordSizeInKiB,
        @Nullable Integer warmThroughputMiBps,
        Set<String> shardLevelMetrics,
        SortedMap<String, String> tags,
        ResourcePermissions permissions,
        ShardMap shards,
        int nextShardIndex,
        List<Reshape> pending,
        List<Instant> shardCountUpdates,
        List<Instant> modeSwitches,
        StreamEncryption encryption,
        StreamTraffic traffic) {

    public static final int DEFAULT_RETENTION_HOURS = 24;
    public static final int DEFAULT_MAX_RECORD_SIZE_IN_KIB = 1024;

    public boolean isOnDemand() {
        return mode == StreamMode.ON_DEMAND;
    }

    /** Whether records can be put and read. */
    public boolean isServing() {
        return status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING;
    }

    public int maxRecordBytes() {
        return maxRecordSizeInKiB * 1024;
    }

    /** The stream's own policy; null where it has none. */
    public @Nullable NamedPolicy policy() {
        return permissions.policy();
    }

    /** Records that arrived before are no longer readable. */
    public Instant trimHorizon(Instant now) {
        return now.minus(Duration.ofHours(retentionHours));
    }

    public Stream withStatus(StreamStatus newStatus) {
        return changed().status(newStatus).done();
    }

    /** The first step of any other stream made of this one. */
    public StreamChange changed() {
        return new StreamChange(this);
    }

    static SortedMap<String, String> sorted(Map<String, String> tags) {
        return new TreeMap<>(tags);
    }
}
