package io.riacho.firehose.delivery;

import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.SourceRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a shard and not delivered, by lanes, and how far the shard is done with. Safe for use by many threads:
 * one reads into it, others deliver out of it.
 */
final class ShardBuffers {

    private final LanePlan plan;
    private final LaneListener listener;
    private final Lanes lanes;
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
        this.lanes = new Lanes(plan, former, listener);
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
            BigInteger last = lanes.sort(source, processed, readTo, now);
            readUpTo(position == null ? last : position);
            lanes.all().forEach(lane -> lane.cutIfDue(now));
            // Only here, where no lane has a part of a position.
            for (int tooMany = lanes.all().size() - plan.maxPartitions(); tooMany > 0; tooMany--) {
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
            lanes.all().forEach(Lane::cut);
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
            while (!closed && lanes.all().stream().anyMatch(lane -> !lane.isIdle())) {
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
            lanes.all().forEach(lane -> lane.cutIfDue(now));
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
            return lanes.all().stream()
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
                    lanes.remove(lane);
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
            return lanes.all().stream().anyMatch(Lane::holdsBack) ? null : advance();
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
            return lanes.isIncomplete();
        } finally {
            lock.unlock();
        }
    }

    /** Of the memory budget. */
    long memory() {
        lock.lock();
        try {
            return lanes.all().stream().mapToLong(Lane::memory).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Of the memory budget, what could be delivered early. */
    long largest() {
        lock.lock();
        try {
            return lanes.all().stream().mapToLong(Lane::fillingMemory).max().orElse(0);
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
        for (Lane lane : lanes.all()) {
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

    private void readUpTo(@Nullable BigInteger position) {
        if (position != null) {
            if (readTo == null || position.compareTo(readTo) > 0) {
                readTo = position;
            }
            lanes.readUpTo(position);
        }
    }

    private boolean isFull() {
        return lanes.all().size() > plan.maxPartitions() || lanes.all().stream().anyMatch(Lane::isFull);
    }

    private void cutLargestLane() {
        Lane largest = null;
        for (Lane lane : lanes.all()) {
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
        for (Lane lane : new ArrayList<>(lanes.all())) {
            if (!lane.isFlying() && lane.next() != null) {
                lane.setFlying(true);
                listener.due(lane);
            }
        }
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
}
