package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.protocol.signature.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a shard and not delivered, by lanes, and how far the shard is done with. Safe for use by many threads:
 * one reads into it, others deliver out of it.
 */
final class ShardBuffers {

    private static final String BACKUP = "backup";
    private static final String DELIVERY = "delivery";
    private static final String FAILED = "failed/";
    private static final int HASH_BYTES = 16;

    private final LanePlan plan;
    private final ShardIntents former;
    private final Map<String, Intent> pending;
    private final LaneListener listener;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private @Nullable BigInteger readTo;
    private @Nullable BigInteger checkpoint;
    private boolean closed;

    /**
     * @param former what was begun in a former life; lanes of it are there from the start
     * @param checkpoint up to which position the shard is done with; null where nothing of it is
     */
    ShardBuffers(LanePlan plan, ShardIntents former, @Nullable BigInteger checkpoint, LaneListener listener) {
        this.plan = plan;
        this.former = former;
        this.pending = new HashMap<>(former.pending());
        this.readTo = checkpoint;
        this.checkpoint = checkpoint;
        this.listener = listener;
    }

    /**
     * Puts what became of some records into their lanes, and begins deliveries that are due.
     *
     * @param source the records as they were read, in their order
     * @param position up to which the shard is read with them; null where that did not change
     */
    void add(List<SourceRecord> source, List<ProcessedRecord> processed, @Nullable BigInteger position) {
        lock.lock();
        try {
            long now = System.nanoTime();
            BufferHints backup = plan.backup();
            if (backup != null) {
                eachWithPredecessor(source, record -> record, (record, before) -> {
                    Lane lane = lane(BACKUP, LaneKind.BACKUP, PartitionKeys.NONE, "", backup);
                    put(lane, new LaneRecord(new DeliveryRecord(record, record.data()), null), before, now);
                });
            }
            BigInteger last = eachWithPredecessor(
                    processed, ProcessedRecord::source, (record, before) -> put(record, before, now));
            readUpTo(position == null ? last : position);
            lanes.values().forEach(lane -> lane.cutIfDue(now));
            // Only here, where no lane has a part of a position.
            for (int tooMany = lanes.size() - plan.maxPartitions(); tooMany > 0; tooMany--) {
                cutLargestLane();
            }
            startDue();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for more. Comes back early, without room, when this is closed. */
    void awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && isFull()) {
                boolean _ = changed.await(1, TimeUnit.SECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cuts everything, and begins its delivery: the shard is at its end. */
    void cutAll() {
        lock.lock();
        try {
            lanes.values().forEach(Lane::cut);
            startDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything is delivered.
     *
     * @throws InterruptedException where this is closed before
     */
    void awaitDelivered() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && lanes.values().stream().anyMatch(lane -> !lane.isIdle())) {
                boolean _ = changed.await(1, TimeUnit.SECONDS);
            }
            if (closed) {
                throw new InterruptedException("closed");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins what is due by time. */
    void tick() {
        lock.lock();
        try {
            long now = System.nanoTime();
            lanes.values().forEach(lane -> lane.cutIfDue(now));
            startDue();
        } finally {
            lock.unlock();
        }
    }

    /** Until something is due; the longest time where nothing waits. */
    long nanosLeft() {
        lock.lock();
        try {
            long now = System.nanoTime();
            return lanes.values().stream()
                    .mapToLong(lane -> lane.nanosLeft(now))
                    .min()
                    .orElse(Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /** What the lane has to deliver; null where there is nothing, and then the lane is not delivered any more. */
    @Nullable
    Cut next(Lane lane) {
        lock.lock();
        try {
            if (!closed) {
                lane.cutIfDue(System.nanoTime());
            }
            Cut next = closed ? null : lane.next();
            if (next == null) {
                lane.setFlying(false);
                if (lane.isIdle()) {
                    lanes.remove(lane.key(), lane);
                }
                changed.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that it is delivered.
     *
     * @return up to which position the whole shard is done with now; null where that is the same as before
     */
    @Nullable
    BigInteger done(Cut cut) {
        lock.lock();
        try {
            cut.lane().done(cut);
            changed.signalAll();
            return advance();
        } finally {
            lock.unlock();
        }
    }

    /** Up to which position the shard is done with, where that has changed; null otherwise. */
    @Nullable
    BigInteger advanceIdle() {
        lock.lock();
        try {
            return lanes.values().stream().anyMatch(Lane::holdsBack) ? null : advance();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is delivered from here on; what is under way is for who closed it to end. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something was begun in a former life of which not all is read again. */
    boolean isIncomplete() {
        lock.lock();
        try {
            return !pending.isEmpty() || lanes.values().stream().anyMatch(Lane::isIncomplete);
        } finally {
            lock.unlock();
        }
    }

    /** Of the memory budget. */
    long memory() {
        lock.lock();
        try {
            return lanes.values().stream().mapToLong(Lane::memory).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Of the memory budget, what could be delivered early. */
    long largest() {
        lock.lock();
        try {
            return lanes.values().stream().mapToLong(Lane::fillingMemory).max().orElse(0);
        } finally {
            lock.unlock();
        }
    }

    /** Delivers early what is buffered most. */
    void cutLargest() {
        lock.lock();
        try {
            cutLargestLane();
            startDue();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable BigInteger advance() {
        BigInteger done = readTo;
        for (Lane lane : lanes.values()) {
            if (lane.holdsBack()) {
                BigInteger after = lane.undeliveredAfter();
                if (after == null) {
                    return null;
                }
                done = done == null || after.compareTo(done) < 0 ? after : done;
            }
        }
        if (done == null || (checkpoint != null && done.compareTo(checkpoint) <= 0)) {
            return null;
        }
        checkpoint = done;
        return done;
    }

    private void put(ProcessedRecord record, @Nullable BigInteger before, long now) {
        switch (record) {
            case ProcessedRecord.Kept(DeliveryRecord kept, PartitionKeys keys) -> {
                String text = keys.text();
                String key = text.isEmpty() ? DELIVERY : DELIVERY + "/" + hash(text);
                put(lane(key, LaneKind.DELIVERY, keys, "", plan.delivery()), new LaneRecord(kept, null), before, now);
            }
            case ProcessedRecord.Failed failed -> {
                SourceRecord source = failed.source();
                put(
                        lane(
                                FAILED + failed.directory(),
                                LaneKind.FAILED,
                                PartitionKeys.NONE,
                                failed.directory(),
                                plan.failed()),
                        new LaneRecord(new DeliveryRecord(source, source.data()), failed),
                        before,
                        now);
            }
            case ProcessedRecord.Dropped _ -> {}
        }
    }

    private void put(Lane lane, LaneRecord record, @Nullable BigInteger before, long now) {
        if (lane.hasDelivered(record.record().source().position())) {
            listener.skipped(record.memory());
        } else {
            lane.add(record, before, now);
        }
    }

    private Lane lane(String key, LaneKind kind, PartitionKeys partition, String directory, BufferHints hints) {
        Lane known = lanes.get(key);
        if (known != null) {
            return known;
        }
        Lane made = new Lane(
                key,
                kind,
                partition,
                directory,
                hints,
                pending.remove(key),
                former.delivered().get(key));
        lanes.put(key, made);
        return made;
    }

    private void readUpTo(@Nullable BigInteger position) {
        if (position == null) {
            return;
        }
        if (readTo == null || position.compareTo(readTo) > 0) {
            readTo = position;
        }
        lanes.values().forEach(lane -> lane.readUpTo(position));
        // What was begun in a former life and has no records any more, because another configuration sorts them
        // otherwise.
        List<Intent> passed = pending.values().stream()
                .filter(intent -> intent.last().compareTo(position) <= 0)
                .toList();
        for (Intent intent : passed) {
            pending.remove(intent.lane());
            listener.emptied(intent);
        }
    }

    private boolean isFull() {
        return lanes.size() > plan.maxPartitions() || lanes.values().stream().anyMatch(Lane::isFull);
    }

    private void cutLargestLane() {
        Lane largest = null;
        for (Lane lane : lanes.values()) {
            if (lane.fillingMemory() > (largest == null ? 0 : largest.fillingMemory())) {
                largest = lane;
            }
        }
        if (largest != null) {
            largest.cut();
        }
    }

    private void startDue() {
        if (closed) {
            return;
        }
        for (Lane lane : new ArrayList<>(lanes.values())) {
            if (!lane.isFlying() && lane.next() != null) {
                lane.setFlying(true);
                listener.due(lane);
            }
        }
    }

    /** @return the last position; null where there are no records */
    private <R> @Nullable BigInteger eachWithPredecessor(
            List<R> records, Function<R, SourceRecord> source, Placing<R> placing) {
        BigInteger before = readTo;
        BigInteger current = null;
        for (R record : records) {
            BigInteger position = source.apply(record).position();
            if (current != null && !position.equals(current)) {
                before = current;
            }
            current = position;
            placing.place(record, before);
        }
        return current;
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
    }

    /** Learns what has to be done. Called with the buffers' lock: has to come back at once. */
    interface LaneListener {

        /** The lane has something to deliver, and nobody delivers it yet. */
        void due(Lane lane);

        /** The record was delivered in a former life. */
        void skipped(long memory);

        /** A delivery of a former life has no records any more. */
        void emptied(Intent intent);
    }

    @FunctionalInterface
    private interface Placing<R> {

        void place(R record, @Nullable BigInteger before);
    }
}
