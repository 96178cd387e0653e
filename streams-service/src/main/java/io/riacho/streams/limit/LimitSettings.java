package io.riacho.streams.limit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits as configured: AWS's by default, for all streams or for one by its name.
 *
 * @param enabled false to let everything through
 * @param shards the account's quota of open shards in provisioned streams
 * @param onDemandStreams the account's quota of on-demand streams
 * @param shardCountUpdates how often a stream's UpdateShardCount may be called in 24 hours
 * @param modeSwitches how often a stream's mode may be switched in 24 hours
 * @param consumers how many consumers a stream may have; on-demand streams of an account with a commitment may have two
 *     and a half times as many
 * @param consumerBytesPerSecond what a shard pushes to each consumer
 * @param streams by stream name, what is different there
 */
public record LimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1048576") double writeBytesPerSecond,
        @DefaultValue("1000") double writeRecordsPerSecond,
        @DefaultValue("2097152") double readBytesPerSecond,
        @DefaultValue("5") double readCallsPerSecond,
        @DefaultValue("20000") int shards,
        @DefaultValue("50") int onDemandStreams,
        @DefaultValue("10") int shardCountUpdates,
        @DefaultValue("2") int modeSwitches,
        @DefaultValue("20") int consumers,
        @DefaultValue("2097152") double consumerBytesPerSecond,
        @DefaultValue Map<String, ForStream> streams) {

    /** What is set for one stream; what is null is as for all streams. */
    public record ForStream(
            @Nullable Boolean enabled,
            @Nullable Double writeBytesPerSecond,
            @Nullable Double writeRecordsPerSecond,
            @Nullable Double readBytesPerSecond,
            @Nullable Double readCallsPerSecond) {}

    /** What each shard of the stream lets through. */
    public Throughput throughputOf(String streamName) {
        ForStream own = streams.getOrDefault(streamName, new ForStream(null, null, null, null, null));
        if (!or(own.enabled, enabled)) {
            return Throughput.UNLIMITED;
        }
        return new Throughput(
                true,
                or(own.writeBytesPerSecond, writeBytesPerSecond),
                or(own.writeRecordsPerSecond, writeRecordsPerSecond),
                or(own.readBytesPerSecond, readBytesPerSecond),
                or(own.readCallsPerSecond, readCallsPerSecond));
    }

    /** What each shard of the stream pushes to each consumer; infinite where it is not limited. */
    public double consumerBytesPerSecondOf(String streamName) {
        return throughputOf(streamName).limited() ? consumerBytesPerSecond : Double.POSITIVE_INFINITY;
    }

    private static <T> T or(@Nullable T own, T general) {
        return own != null ? own : general;
    }
}
