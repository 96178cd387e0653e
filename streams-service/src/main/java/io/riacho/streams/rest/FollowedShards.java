package io.riacho.streams.rest;

import io.riacho.log.ShardLog;
import io.riacho.log.Watching;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.record.ReadWakeup;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;

/**
 * The shards that one reader reads, and where it is in each. The records of a shard come before those of its children. Used
 * by the reader's thread; what has changed is told by others.
 */
final class FollowedShards implements AutoCloseable {

    private final KinesisCalls kinesis;
    private final ShardIterators iterators;
    private final StreamCatalog catalog;
    private final ShardLog log;
    private final Stream stream;
    private final RequestContext context;
    private final ReadWakeup wakeup;
    private final Map<Integer, ShardPosition> positions = new ConcurrentSkipListMap<>();
    private final Map<Integer, Watching> watched = new HashMap<>();
    private @Nullable Watching catalogWatch;
    private boolean followsAll;

    /** @param wakeup raised when there may be something to read */
    FollowedShards(
            KinesisCalls kinesis,
            ShardIterators iterators,
            StreamCatalog catalog,
            ShardLog log,
            Stream stream,
            RequestContext context,
            ReadWakeup wakeup) {
        this.kinesis = kinesis;
        this.iterators = iterators;
        this.catalog = catalog;
        this.log = log;
        this.stream = stream;
        this.context = context;
        this.wakeup = wakeup;
    }

    /** @throws AwsException where it cannot begin there */
    void begin(StartingPoint from) {
        followsAll = from.shardId() == null;
        catalogWatch = catalog.onChange(changed -> {
            if (changed.id() == stream.id()) {
                positions.values().forEach(ShardPosition::signal);
                wakeup.raise();
            }
        });
        // Read after the watch has begun, so that no change is missed.
        Stream now = catalog.get(stream.name());
        if (from.lastEventId() != null) {
            resume(from.lastEventId(), now);
        } else if (from.shardId() != null) {
            open(shard(now, from.shardId()), from.type(), from.timestamp(), from.sequenceNumber());
        } else {
            List<Shard> first = first(now, from);
            checkCount(first.size());
            first.forEach(shard -> open(shard, from.type(), from.timestamp(), null));
        }
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    /** Those that are read now, in the order of their shards. */
    Collection<ShardPosition> positions() {
        return List.copyOf(positions.values());
    }

    /** How long to wait until one of them may be read; {@link Long#MAX_VALUE} where nothing is to be read. */
    long nanosUntilReady(long now) {
        return positions.values().stream()
                .mapToLong(position -> position.nanosUntilReady(now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Goes on where the position is, whose iterator is too old. */
    void renew(ShardPosition position) {
        position.advance(iteratorAt(position.shard(), position.offset()), position.offset());
    }

    /** A shard that was merged is read when both that it was made of have been. */
    void finish(ShardPosition position) {
        int finished = position.shard().index();
        positions.remove(finished);
        Watching watching = watched.remove(finished);
        if (watching != null) {
            watching.close();
        }
        if (!followsAll) {
            return;
        }
        ShardMap shards = catalog.find(stream.id()).map(Stream::shards).orElse(stream.shards());
        for (Shard child : shards.childrenOf(position.shard())) {
            if (!positions.containsKey(child.index()) && !comesLater(child, shards)) {
                checkCount(positions.size() + 1);
                open(child, 0);
            }
        }
    }

    /** Whether something that the shard was made of, however long ago, is still being read. */
    private boolean comesLater(Shard shard, ShardMap shards) {
        Set<Integer> seen = new HashSet<>();
        Deque<Shard> ancestors = new ArrayDeque<>(List.of(shard));
        for (Shard next = ancestors.poll(); next != null; next = ancestors.poll()) {
            for (int parent : parents(next)) {
                if (positions.containsKey(parent)) {
                    return true;
                }
                if (seen.add(parent)) {
                    shards.find(parent).ifPresent(ancestors::add);
                }
            }
        }
        return false;
    }

    private static int[] parents(Shard shard) {
        return IntStream.concat(shard.parent().stream(), shard.adjacentParent().stream())
                .toArray();
    }

    private void resume(String lastEventId, Stream now) {
        Cursor cursor = Cursor.parse(lastEventId)
                .orElseThrow(() -> KinesisErrors.invalidArgument("Last-Event-ID is not the id of an event."));
        if (cursor.streamId() != now.id()) {
            throw KinesisErrors.invalidArgument("Last-Event-ID is of another stream, or of one that was deleted.");
        }
        cursor.offsets().forEach((index, offset) -> {
            Shard shard = shard(now, ShardIds.format(index));
            if (offset > log.endOffset(shard.number())) {
                throw KinesisErrors.invalidArgument("Last-Event-ID lies behind the end of " + shard.id() + ".");
            }
            open(shard, offset);
        });
    }

    private static List<Shard> first(Stream now, StartingPoint from) {
        Instant timestamp = from.timestamp();
        Predicate<Shard> within = switch (from.type()) {
            case "LATEST" -> Shard::isOpen;
            case "AT_TIMESTAMP" -> shard -> timestamp == null || endsAfter(shard, timestamp);
            default -> _ -> true;
        };
        return now.shards().all().stream()
                .filter(within)
                .filter(shard -> isWithout(now, shard.parent().orElse(-1), within)
                        && isWithout(now, shard.adjacentParent().orElse(-1), within))
                .toList();
    }

    private static boolean isWithout(Stream now, int parent, Predicate<Shard> within) {
        return now.shards().find(parent).filter(within).isEmpty();
    }

    private static boolean endsAfter(Shard shard, Instant time) {
        Instant closedAt = shard.closedAt();
        return closedAt == null || closedAt.isAfter(time);
    }

    private void open(Shard shard, long offset) {
        open(shard, iteratorAt(shard, offset));
    }

    private void open(Shard shard, String type, @Nullable Instant timestamp, @Nullable String sequenceNumber) {
        open(
                shard,
                iterator(GetShardIteratorRequest.builder()
                        .shardId(shard.id())
                        .shardIteratorType(type)
                        .timestamp(timestamp)
                        .startingSequenceNumber(sequenceNumber)));
    }

    private void open(Shard shard, String iterator) {
        ShardPosition position =
                new ShardPosition(shard, iterator, iterators.take(iterator).offset(), System.nanoTime());
        watched.put(shard.index(), log.onReadable(shard.number(), () -> {
            position.signal();
            wakeup.raise();
        }));
        positions.put(shard.index(), position);
    }

    private String iteratorAt(Shard shard, long offset) {
        return iterator(GetShardIteratorRequest.builder()
                .shardId(shard.id())
                .shardIteratorType("AT_SEQUENCE_NUMBER")
                .startingSequenceNumber(shard.sequenceNumbers().format(offset)));
    }

    private String iterator(GetShardIteratorRequest.Builder request) {
        return kinesis.call(request.streamName(stream.name()).build(), GetShardIteratorResponse.class, context)
                .shardIterator();
    }

    private Shard shard(Stream now, String shardId) {
        return now.shards()
                .find(shardId)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(
                        shardId, stream.name(), catalog.naming().accountId()));
    }

    private static void checkCount(int shards) {
        if (shards > Cursor.MOST_SHARDS) {
            throw KinesisErrors.invalidArgument("More than " + Cursor.MOST_SHARDS
                    + " shards cannot be read as one. Read them one by one, with 'shardId'.");
        }
    }

    /** The id of an event, from which a reader may go on. */
    String cursor() {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        positions.forEach((index, position) -> offsets.put(index, position.offset()));
        return new Cursor(stream.id(), offsets).toText();
    }

    @Override
    public void close() {
        if (catalogWatch != null) {
            catalogWatch.close();
        }
        watched.values().forEach(Watching::close);
        watched.clear();
    }
}
