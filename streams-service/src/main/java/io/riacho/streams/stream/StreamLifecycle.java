package io.riacho.streams.stream;

import static java.util.concurrent.CompletableFuture.allOf;

import io.riacho.log.ShardLog;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.limit.ShardLimits;
import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.ReshapePlan;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Leads streams through their states: CREATING, ACTIVE, UPDATING, DELETING. What a state waits for is stored with the
 * stream, so a restart goes on where the process died.
 */
public final class StreamLifecycle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamLifecycle.class);
    /** AWS dates the first shards of a stream some seconds back. */
    private static final int FIRST_SHARDS_EARLIER = 2;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final StreamCatalog catalog;
    private final StreamStore store;
    private final ShardLog shardLog;
    private final LimitSettings limits;
    private final Duration transition;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile boolean closed;

    StreamLifecycle(
            StreamCatalog catalog,
            StreamStore store,
            ShardLog shardLog,
            LimitSettings limits,
            Duration transition,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.catalog = catalog;
        this.store = store;
        this.shardLog = shardLog;
        this.limits = limits;
        this.transition = transition;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Goes on with what the last process left unfinished. */
    void resume() {
        for (Stream stream : catalog.all()) {
            switch (stream.status()) {
                case CREATING -> later(stream, this::activate);
                case UPDATING -> later(stream, this::finishUpdate);
                case DELETING -> later(stream, this::finishDeletion);
                default -> {}
            }
        }
    }

    /** @param draft what was asked for; id, ARN, times and shards are filled in here */
    void create(StreamDraft draft, Consumer<StreamDraft> check) {
        Stream created = catalog.add(() -> {
            check.accept(draft);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            return draft.toStream(store.nextStreamId(), catalog.naming(), now, firstShards(draft, now));
        });
        later(created, this::activate);
    }

    /** @param check of the stream as it is now; may throw to refuse */
    void delete(Stream stream, Consumer<Stream> check) {
        Stream deleting = catalog.change(stream, now -> {
            check.accept(now);
            return now.withStatus(StreamStatus.DELETING);
        });
        later(deleting, this::finishDeletion);
    }

    /**
     * Changes an ACTIVE stream by way of UPDATING.
     *
     * @param change may add to what is {@link Stream#pending}; may throw to refuse. The same stream means that there is
     *     nothing to change
     */
    public Stream update(Stream stream, UnaryOperator<Stream> change) {
        boolean[] changed = new boolean[1];
        Stream updating = catalog.change(stream, now -> {
            Stream after = change.apply(now);
            changed[0] = after != now;
            return changed[0] ? after.withStatus(StreamStatus.UPDATING) : now;
        });
        if (changed[0]) {
            later(updating, this::finishUpdate);
        }
        return updating;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void activate(Stream stream) {
        catalog.change(stream, now -> now.withStatus(StreamStatus.ACTIVE));
    }

    private void finishDeletion(Stream stream) {
        for (Shard shard : stream.shards().all()) {
            shardLog.delete(shard.number());
        }
        catalog.remove(stream);
    }

    private void finishUpdate(Stream updating) {
        ReshapePlan plan = ReshapePlan.of(updating.shards(), updating.pending(), updating.nextShardIndex());
        List<Shard> closing = plan.closing().stream()
                .map(index -> updating.shards().find(index).orElseThrow())
                .toList();
        List<Long> numbers = plan.arising().isEmpty()
                ? List.of()
                : store.nextShardNumbers(plan.arising().size());
        try {
            allOf(closing.stream().map(shard -> shardLog.seal(shard.number())).toArray(CompletableFuture[]::new))
                    .join();
            // A stream may be deleted while it is updated.
            catalog.change(updating, now -> now.status() == StreamStatus.UPDATING ? reshaped(now, plan, numbers) : now);
        } catch (RuntimeException e) {
            unsealOpen(updating, closing);
            throw e;
        }
    }

    private Stream reshaped(Stream stream, ReshapePlan plan, List<Long> numbers) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<Integer, Shard> shards = new HashMap<>();
        stream.shards().all().forEach(shard -> shards.put(shard.index(), shard));
        plan.closing().forEach(index -> shards.computeIfPresent(index, (_, shard) -> shard.closed(now)));
        for (int i = 0; i < plan.arising().size(); i++) {
            ReshapePlan.Arising arising = plan.arising().get(i);
            long parentSecond = IntStream.concat(
                            arising.lineage().parent().stream(), arising.lineage().adjacentParent().stream())
                    .mapToLong(parent -> parent(shards, parent).creationSecond())
                    .max()
                    .orElse(0);
            Shard shard = new Shard(
                    numbers.get(i),
                    arising.index(),
                    arising.range(),
                    arising.lineage(),
                    Math.max(now.getEpochSecond(), parentSecond) + 1,
                    now,
                    new ShardLimits(limits.throughputOf(stream.name()), nanoTime));
            shards.put(arising.index(), arising.closedAtOnce() ? shard.closed(now) : shard);
        }
        return stream.changed()
                .shards(
                        new ShardMap(shards.values()),
                        stream.nextShardIndex() + plan.arising().size())
                .pending(List.of())
                .status(StreamStatus.ACTIVE)
                .done();
    }

    private static Shard parent(Map<Integer, Shard> shards, int index) {
        Shard parent = shards.get(index);
        if (parent == null) {
            throw new IllegalStateException("shard " + index + " is a parent and not there");
        }
        return parent;
    }

    /** Where the change turns out not to be stored, the shards go on taking records until it is tried again. */
    private void unsealOpen(Stream updating, List<Shard> closing) {
        catalog.find(updating.id()).ifPresent(now -> {
            for (Shard shard : closing) {
                if (now.shards().find(shard.index()).filter(Shard::isOpen).isPresent()) {
                    shardLog.unseal(shard.number());
                }
            }
        });
    }

    private List<Shard> firstShards(StreamDraft draft, Instant now) {
        List<HashKeyRange> ranges = HashKeyRange.even(draft.shardCount());
        List<Long> numbers = store.nextShardNumbers(draft.shardCount());
        List<Shard> shards = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            shards.add(new Shard(
                    numbers.get(i),
                    i,
                    ranges.get(i),
                    Shard.Lineage.NONE,
                    now.getEpochSecond() - FIRST_SHARDS_EARLIER,
                    now,
                    new ShardLimits(limits.throughputOf(draft.name()), nanoTime)));
        }
        return shards;
    }

    /** Takes the stream out of its state after the time that the state is to last, trying again while that fails. */
    private void later(Stream stream, Consumer<Stream> step) {
        Thread.ofVirtual().name("stream-" + stream.name()).start(() -> {
            Duration pause = transition;
            while (!closed) {
                try {
                    Thread.sleep(pause);
                    if (closed) {
                        return;
                    }
                    catalog.find(stream.id())
                            .filter(now -> now.status() == stream.status())
                            .ifPresent(step);
                    return;
                } catch (InterruptedException _) {
                    return;
                } catch (RuntimeException e) {
                    if (catalog.find(stream.id()).isEmpty()) {
                        return;
                    }
                    if (!closed) {
                        log.warn("Stream {} stays {} for now", stream.name(), stream.status(), e);
                    }
                    pause = RETRY;
                }
            }
        });
    }
}
