package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Which shards of a stream a client is told of. */
final class ShardListing {

    private ShardListing() {}

    /** The shards that the filter lets through, in the order of their ids; none while the stream is being created. */
    static List<Shard> visible(Stream stream, Predicate<Shard> filter) {
        return stream.status() == StreamStatus.CREATING
                ? List.of()
                : stream.shards().all().stream().filter(filter).toList();
    }

    /** Refuses a filter that lacks what its type needs, or has what its type does not take. */
    static void check(ShardFilter filter) {
        boolean needsShard = filter.type() == ShardFilterType.AFTER_SHARD_ID;
        boolean needsTime =
                filter.type() == ShardFilterType.AT_TIMESTAMP || filter.type() == ShardFilterType.FROM_TIMESTAMP;
        require(needsShard, filter.shardId() != null, "ShardId", filter.typeAsString());
        require(needsTime, filter.timestamp() != null, "Timestamp", filter.typeAsString());
        if (needsShard && ShardIds.parse(filter.shardId()).isEmpty()) {
            throw KinesisErrors.invalidArgument("ShardId " + filter.shardId() + " in the ShardFilter is not valid.");
        }
    }

    static Predicate<Shard> matching(@Nullable ShardFilter filter, Stream stream, Instant now) {
        if (filter == null) {
            return _ -> true;
        }
        return switch (filter.type()) {
            case AT_LATEST -> Shard::isOpen;
            case AT_TRIM_HORIZON -> openAt(oldestTime(stream, now));
            case AT_TIMESTAMP -> openAt(latest(filter.timestamp(), oldestTime(stream, now)));
            case FROM_TIMESTAMP -> shard -> endsAfter(shard, filter.timestamp());
            case AFTER_SHARD_ID -> {
                int after = ShardIds.parse(filter.shardId()).orElse(-1);
                yield shard -> shard.index() > after;
            }
            default -> _ -> true;
        };
    }

    private static Predicate<Shard> openAt(Instant time) {
        return shard -> shard.wasOpenAt(time);
    }

    private static boolean endsAfter(Shard shard, Instant time) {
        Instant closedAt = shard.closedAt();
        return closedAt == null || !closedAt.isBefore(time);
    }

    /** The trim horizon, or when the oldest shard was opened where the stream is younger. */
    private static Instant oldestTime(Stream stream, Instant now) {
        Instant first = stream.shards().all().stream()
                .map(Shard::openedAt)
                .min(Instant::compareTo)
                .orElse(now);
        return latest(stream.trimHorizon(now), first);
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static void require(boolean needed, boolean given, String member, String type) {
        if (needed && !given) {
            throw KinesisErrors.invalidArgument(
                    member + " must be supplied in a ShardFilter with a Type of " + type + ".");
        }
        if (given && !needed) {
            throw KinesisErrors.invalidArgument(
                    member + " cannot be supplied in a ShardFilter with a Type of " + type + ".");
        }
    }
}
