package io.riacho.log;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One shard's state: the segments, then the tail that lies in the journal alone. The end is given out by the commit
 * thread and moves only when records are durable.
 *
 * <p>What the commit thread alone uses is said so; the rest is guarded by the shard's monitor, which is held for moments
 * only, never during I/O. {@link #files} is held by whoever changes the shard's files.
 */
final class Shard {

    /** Says that a batch is not in the journal any more. */
    static final long MOVED = -1;

    final long number;

    /** Held while the shard's files are written or deleted. */
    final ReentrantLock files = new ReentrantLock();

    /** The commit thread's: the offset for the next record, ahead of the readable end while a commit is under way. */
    long nextOffset;

    /** The commit thread's. */
    long lastTimestamp = Long.MIN_VALUE;

    /** The commit thread's. */
    boolean sealed;

    private volatile long readableEnd;
    private volatile boolean deleted;
    private volatile @Nullable ShardWatch watch;

    private final ShardTail tail = new ShardTail();
    private Segment[] segments = Segment.NONE;
    private long firstOffset;
    private long segmentsEnd;
    private long segmentsTimestamp = Long.MIN_VALUE;
    private @Nullable SegmentIndex openIndex;

    Shard(long number) {
        this.number = number;
    }

    long readableEnd() {
        return readableEnd;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Adds a batch that has become durable in the journal, and makes it readable. */
    void publish(long baseOffset, int count, long timestamp, int generation, int position, int length) {
        synchronized (this) {
            if (deleted) {
                return;
            }
            tail.add(baseOffset, timestamp, generation, position, length);
            readableEnd = baseOffset + count;
        }
        ShardWatch watched = watch;
        if (watched != null) {
            watched.note();
        }
    }

    /** Made by the first who watches, and kept from then on. */
    synchronized ShardWatch watch(Watchers watchers) {
        ShardWatch known = watch;
        if (known == null) {
            known = new ShardWatch(watchers);
            watch = known;
        }
        return known;
    }

    /** Moves the end past records that were lost, so that their offsets are not given again. */
    synchronized void skipTo(long offset) {
        readableEnd = Math.max(readableEnd, offset);
    }

    /** Takes on what a checkpoint, or a scan of the segments, says. */
    synchronized void restore(Segment[] known, long first, long end, long timestamp) {
        segments = known;
        firstOffset = first;
        segmentsEnd = end;
        segmentsTimestamp = timestamp;
        readableEnd = end;
        nextOffset = end;
        lastTimestamp = timestamp;
    }

    /** Lets the commit thread go on where recovery ended. */
    synchronized void resume() {
        nextOffset = readableEnd;
        lastTimestamp = tail.size() > 0 ? tail.timestamp(tail.size() - 1) : segmentsTimestamp;
    }

    /** What a checkpoint keeps; null for a shard that has nothing in segments, or is deleted. */
    synchronized LogCheckpoint.@Nullable ShardState state() {
        if (deleted || (segmentsEnd == 0 && segments.length == 0)) {
            return null;
        }
        return new LogCheckpoint.ShardState(number, firstOffset, segmentsEnd, segmentsTimestamp, List.of(segments));
    }

    synchronized Segment[] segments() {
        return segments;
    }

    synchronized long firstOffset() {
        return firstOffset;
    }

    synchronized long segmentsEnd() {
        return segmentsEnd;
    }

    synchronized long segmentsTimestamp() {
        return segmentsTimestamp;
    }

    /** The index of the segment that is written to, if that is this one and its index was begun. */
    synchronized @Nullable SegmentIndex openIndex(Segment segment) {
        return openIndex != null && openIndex.isOf(segment) ? openIndex : null;
    }

    /** The same; an empty one is begun where there is none, and kept if this is the segment that is written to. */
    synchronized SegmentIndex openIndex(Segment segment, int interval) {
        SegmentIndex index = openIndex(segment);
        if (index == null) {
            index = new SegmentIndex(segment.baseOffset(), interval);
            if (segments.length > 0 && segments[segments.length - 1] == segment) {
                openIndex = index;
            }
        }
        return index;
    }

    synchronized void setOpenIndex(@Nullable SegmentIndex index) {
        openIndex = index;
    }

    synchronized long sizeInBytes() {
        long size = tail.bytes();
        for (Segment segment : segments) {
            size += segment.length();
        }
        return size;
    }

    /** The segment that holds the offset, or the next one after it; null where that is in the tail. */
    synchronized @Nullable Segment segmentFor(long offset) {
        if (offset >= segmentsEnd) {
            return null;
        }
        int i = lastStartingAtOrBefore(offset);
        while (i < segments.length && (i < 0 || segments[i].endOffset() <= offset)) {
            i++;
        }
        return i < segments.length ? segments[i] : null;
    }

    private int lastStartingAtOrBefore(long offset) {
        int low = 0;
        int high = segments.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments[middle].baseOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The first segment with a record that arrived at or after the time; null where there is none. */
    synchronized @Nullable Segment segmentForTime(long timestamp) {
        for (Segment segment : segments) {
            if (segment.lastTimestamp() >= timestamp) {
                return segment;
            }
        }
        return null;
    }

    /**
     * The first offset in the tail that arrived at or after the time, else the readable end; {@link #MOVED} if a segment
     * holds one.
     */
    synchronized long tailOffsetAt(long timestamp) {
        if (segmentForTime(timestamp) != null) {
            return MOVED;
        }
        int i = tail.ceilingByTime(timestamp);
        return i < tail.size() ? Math.max(tail.baseOffset(i), firstOffset) : readableEnd;
    }

    /**
     * Copies where the tail's batches lie, from the one that holds the offset, or the next, on; none where a segment has
     * taken the place of the tail's beginning meanwhile, so that nothing is passed over.
     */
    synchronized void copyTail(long offset, int maxBytes, TailRun run) {
        run.clear();
        if (tail.size() > 0 && segmentFor(offset) == null) {
            tail.copyTo(run, tail.floor(offset), maxBytes);
        }
    }

    synchronized long tailBytes() {
        return tail.bytes();
    }

    /** Copies where the tail's batches lie, from the index on. */
    synchronized void copyTailFrom(int index, int maxBytes, TailRun run) {
        tail.copyTo(run, index, maxBytes);
    }

    /** The first offset behind a batch of the tail, or {@link #MOVED} if the tail does not hold it there any more. */
    synchronized long tailOffsetAfter(TailRun run, int index) {
        long baseOffset = run.baseOffset(index);
        int i = tail.size() == 0 ? -1 : tail.floor(baseOffset);
        if (i < 0
                || tail.baseOffset(i) != baseOffset
                || tail.generation(i) != run.generation(index)
                || tail.position(i) != run.position(index)) {
            return MOVED;
        }
        return i + 1 < tail.size() ? tail.baseOffset(i + 1) : readableEnd;
    }

    synchronized int tailCountBefore(JournalPosition cut) {
        return tail.countBefore(cut);
    }

    /** Puts segments that hold the tail's first batches in their place. */
    synchronized void moved(Segment[] changed, int batches, long timestamp) {
        if (deleted) {
            return;
        }
        tail.dropFirst(batches);
        segments = changed;
        segmentsEnd = tail.size() > 0 ? tail.baseOffset(0) : readableEnd;
        segmentsTimestamp = Math.max(segmentsTimestamp, timestamp);
    }

    /** Puts changed segments in place, of which the first {@code dropped} ones are gone. */
    synchronized void dropped(Segment[] changed, int dropped) {
        segments = dropped == 0 ? changed : Arrays.copyOfRange(changed, dropped, changed.length);
        firstOffset = Math.max(
                firstOffset,
                segments.length > 0 ? segments[0].baseOffset() : tail.size() > 0 ? tail.baseOffset(0) : readableEnd);
    }

    /** Forgets everything; appends find the shard sealed from now on. */
    synchronized void delete() {
        deleted = true;
        sealed = true;
        tail.dropFirst(tail.size());
        segments = Segment.NONE;
        openIndex = null;
        segmentsEnd = 0;
        firstOffset = 0;
        readableEnd = 0;
        nextOffset = 0;
    }
}
