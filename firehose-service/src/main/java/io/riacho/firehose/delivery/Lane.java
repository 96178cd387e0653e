package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.record.PartitionKeys;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of records that are delivered together: those of one partition, or the shard's source records for the backup.
 * What is delivered is cut off it where the hints say so; a delivery that was begun before a crash is cut as it was then.
 * Guarded by the lock of {@link ShardBuffers}.
 */
final class Lane {

    private final String key;
    private final LaneKind kind;
    private final PartitionKeys partition;
    private final String directory;
    private final BufferHints hints;
    private final Deque<Cut> cuts = new ArrayDeque<>();
    private final @Nullable BigInteger delivered;

    private List<LaneRecord> filling = new ArrayList<>();
    private long fillingBytes;
    private long fillingMemory;
    private long openedAt;
    private @Nullable BigInteger after;
    private @Nullable BigInteger last;
    private @Nullable Intent pending;
    private boolean flying;

    /**
     * @param directory of failed records; empty for all other kinds
     * @param pending a delivery of a former life
     * @param delivered up to which position its records are delivered already; null where the checkpoint tells
     */
    Lane(
            String key,
            LaneKind kind,
            PartitionKeys partition,
            String directory,
            BufferHints hints,
            @Nullable Intent pending,
            @Nullable BigInteger delivered) {
        this.key = key;
        this.kind = kind;
        this.partition = partition;
        this.directory = directory;
        this.hints = hints;
        this.pending = pending;
        this.delivered = delivered;
    }

    String key() {
        return key;
    }

    LaneKind kind() {
        return kind;
    }

    PartitionKeys partition() {
        return partition;
    }

    String directory() {
        return directory;
    }

    /** Whether a record of this position was delivered in a former life. */
    boolean hasDelivered(BigInteger position) {
        return delivered != null && position.compareTo(delivered) <= 0;
    }

    /**
     * @param before the position before the record's, up to which the shard is read; null for the first checkpoint
     * @param now {@link System#nanoTime()}
     */
    void add(LaneRecord record, @Nullable BigInteger before, long now) {
        BigInteger position = record.record().source().position();
        if (!position.equals(last)) {
            cutBefore(position);
        }
        if (filling.isEmpty()) {
            openedAt = now;
            after = before;
        }
        filling.add(record);
        fillingBytes += record.record().data().length;
        fillingMemory += record.memory();
        last = position;
    }

    /** Records of one position are never divided, so that a checkpoint can stand between what was cut. */
    private void cutBefore(BigInteger position) {
        Intent begun = pending;
        if (begun != null) {
            if (position.compareTo(begun.last()) > 0) {
                cut();
            }
        } else if (fillingBytes >= hints.bytes()) {
            cut();
        }
    }

    /** Says up to where the shard is read, so that a delivery of a former life is complete. */
    void readUpTo(BigInteger position) {
        Intent begun = pending;
        if (begun != null && position.compareTo(begun.last()) >= 0) {
            cut();
        }
    }

    /** Cuts off what is there, where there is anything. */
    void cut() {
        Intent begun = pending;
        if (begun != null) {
            BigInteger behind = filling.isEmpty() ? begun.last() : after;
            cuts.add(new Cut(this, filling, behind, begun.last(), fillingMemory, begun));
            pending = null;
        } else if (last != null && !filling.isEmpty()) {
            cuts.add(new Cut(this, filling, after, last, fillingMemory, null));
        }
        filling = new ArrayList<>();
        fillingBytes = 0;
        fillingMemory = 0;
    }

    /**
     * Cuts where the hints say so; by time only where nothing else is to be delivered before. What was begun in a former
     * life is cut at its own end alone.
     */
    void cutIfDue(long now) {
        if (pending == null
                && !filling.isEmpty()
                && (fillingBytes >= hints.bytes()
                        || (cuts.isEmpty() && openedAt + hints.interval().toNanos() <= now))) {
            cut();
        }
    }

    /**
     * Until the oldest record has been here for the hints' interval; the longest time where there is nothing to wait for, or
     * where something else of the lane is delivered before.
     */
    long nanosLeft(long now) {
        return filling.isEmpty() || pending != null || flying || !cuts.isEmpty()
                ? Long.MAX_VALUE
                : openedAt + hints.interval().toNanos() - now;
    }

    /** Whether more has to wait until something of it is delivered. */
    boolean isFull() {
        return flying && fillingBytes >= hints.bytes() || cuts.size() > 1;
    }

    boolean isFlying() {
        return flying;
    }

    void setFlying(boolean flying) {
        this.flying = flying;
    }

    /** What is to be delivered next; it stays there until {@link #done}. */
    @Nullable
    Cut next() {
        return cuts.peek();
    }

    /** Takes it off, once it is delivered. */
    void done(Cut cut) {
        if (cuts.poll() != cut) {
            throw new IllegalStateException("cuts of a lane are delivered in their order");
        }
    }

    /** Whether a delivery of a former life lacks records. */
    boolean isIncomplete() {
        return pending != null;
    }

    /** Whether there is nothing in it that is not delivered. */
    boolean isIdle() {
        return cuts.isEmpty() && filling.isEmpty() && pending == null;
    }

    /** Whether all of the shard's records up to {@link #undeliveredAfter} are done with, but not those behind it. */
    boolean holdsBack() {
        return !cuts.isEmpty() || !filling.isEmpty();
    }

    /** Behind which position there are records that are not delivered; null for the first checkpoint. */
    @Nullable
    BigInteger undeliveredAfter() {
        Cut first = cuts.peek();
        return first == null ? after : first.after();
    }

    /** Of the memory budget, what could be delivered early. */
    long fillingMemory() {
        return pending == null && !flying ? fillingMemory : 0;
    }

    /** Of the memory budget. */
    long memory() {
        return fillingMemory + cuts.stream().mapToLong(Cut::bytes).sum();
    }
}
