package io.riacho.streams.rest;

import io.riacho.log.ShardLog;
import io.riacho.log.Watching;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.Problems;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * One reader of server-sent events. Its own thread reads by GetRecords, with the same permission and limits, whenever the
 * log says that there is something to read; so a slow reader holds up nobody, and holds one answer in memory. The records
 * of a shard come before those of its children.
 */
final class Subscription implements AutoCloseable {

    private static final long RETRY_MILLIS = 1000;
    private static final long THROTTLED_MILLIS = 250;
    /** A reader that has caught up leaves calls of GetRecords to others: a shard allows five a second. */
    private static final long CAUGHT_UP_MILLIS = 250;

    private static final String THROTTLED = "ProvisionedThroughputExceededException";
    private static final String EXPIRED = "ExpiredIteratorException";

    private final KinesisCalls kinesis;
    private final ShardIterators iterators;
    private final StreamCatalog catalog;
    private final ShardLog log;
    private final SubscriptionSettings settings;
    private final Stream stream;
    private final RecordFormat format;
    private final RequestContext context;
    private final Consumer<Subscription> whenClosed;
    private final Map<Integer, ShardPosition> positions = new ConcurrentSkipListMap<>();
    private final Map<Integer, Watching> watched = new HashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private @Nullable Watching catalogWatch;
    private boolean followsAll;
    private volatile boolean stopped;

    Subscription(
            KinesisCalls kinesis,
            ShardIterators iterators,
            StreamCatalog catalog,
            ShardLog log,
            SubscriptionSettings settings,
            Stream stream,
            RecordFormat format,
            RequestContext context,
            Consumer<Subscription> whenClosed) {
        this.kinesis = kinesis;
        this.iterators = iterators;
        this.catalog = catalog;
        this.log = log;
        this.settings = settings;
        this.stream = stream;
        this.format = format;
        this.context = context;
        this.whenClosed = whenClosed;
    }

    /** @throws AwsException where it cannot begin there */
    void begin(StartingPoint from) {
        followsAll = from.shardId() == null;
        catalogWatch = catalog.onChange(changed -> {
            if (changed.id() == stream.id()) {
                positions.values().forEach(ShardPosition::signal);
                wake.release();
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

    /** Whether there is nothing to be read any more, so that the reader need not come again. */
    boolean isAtEnd() {
        return positions.isEmpty();
    }

    void run(OutputStream out) throws IOException {
        EventWriter events = new EventWriter(out, format);
        events.begin(cursor(), RETRY_MILLIS);
        try {
            serve(events);
        } catch (AwsException e) {
            events.event(cursor(), "problem", Problems.text(e, context.requestId()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped = true;
        wake.release();
    }

    @Override
    public void close() {
        if (catalogWatch != null) {
            catalogWatch.close();
        }
        watched.values().forEach(Watching::close);
        watched.clear();
        whenClosed.accept(this);
    }

    private void serve(EventWriter events) throws IOException, InterruptedException {
        long end = System.nanoTime() + settings.duration().toNanos();
        long heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
        while (!stopped && !positions.isEmpty() && System.nanoTime() - end < 0) {
            boolean read = false;
            for (ShardPosition position : List.copyOf(positions.values())) {
                if (!stopped && position.isReady(System.nanoTime())) {
                    read |= read(position, events);
                }
            }
            if (read) {
                events.flush();
                heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
            } else if (System.nanoTime() - heartbeat >= 0) {
                events.heartbeat(cursor());
                heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
            }
            await(Math.min(heartbeat, end) - System.nanoTime());
        }
        if (positions.isEmpty()) {
            events.event(cursor(), "end", "{}");
        }
    }

    private void await(long nanos) throws InterruptedException {
        long now = System.nanoTime();
        long wait = nanos;
        for (ShardPosition position : positions.values()) {
            wait = Math.min(wait, position.nanosUntilReady(now));
        }
        if (wait > 0 && !stopped) {
            boolean unused = wake.tryAcquire(wait, TimeUnit.NANOSECONDS);
        }
        wake.drainPermits();
    }

    /** Reads once; gives whether that said something to the reader. */
    private boolean read(ShardPosition position, EventWriter events) throws IOException {
        if (catalog.find(stream.id()).isEmpty()) {
            throw KinesisErrors.streamNotFound(stream.name(), catalog.naming().accountId());
        }
        position.take();
        GetRecordsResponse answer;
        try {
            answer = kinesis.call(
                    GetRecordsRequest.builder()
                            .shardIterator(position.iterator())
                            .limit(position.limit())
                            .build(),
                    GetRecordsResponse.class,
                    context);
        } catch (AwsException e) {
            again(position, e);
            return false;
        }
        long bytes = 0;
        for (Record record : answer.records()) {
            position.advance(
                    SequenceNumber.parse(record.sequenceNumber()).orElseThrow().offset() + 1);
            events.record(cursor(), position.shard().id(), record);
            bytes += record.data().asByteArrayUnsafe().length;
        }
        position.learn(answer.records().size(), bytes);
        String next = answer.nextShardIterator();
        if (next == null) {
            finish(position);
            return true;
        }
        position.advance(next, iterators.take(next).offset());
        if (position.offset() < log.endOffset(position.shard().number())) {
            position.signal();
        } else {
            position.pause(System.nanoTime(), CAUGHT_UP_MILLIS);
        }
        return !answer.records().isEmpty();
    }

    private void again(ShardPosition position, AwsException error) {
        switch (error.type()) {
            case THROTTLED -> position.pause(System.nanoTime(), THROTTLED_MILLIS);
            case EXPIRED -> position.advance(iteratorAt(position.shard(), position.offset()), position.offset());
            default -> throw error;
        }
        position.signal();
    }

    /** A shard that was merged is read when both that it was made of have been. */
    private void finish(ShardPosition position) {
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
            wake.release();
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

    private String cursor() {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        positions.forEach((index, position) -> offsets.put(index, position.offset()));
        return new Cursor(stream.id(), offsets).toText();
    }
}
