package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A sparse index of one segment: from offset and from time to a batch's position, one entry for about every 64 KiB. It
 * may end before its segment does: who looks something up walks on from the entry it got. Safe for use by many threads.
 *
 * <p>A closed segment's is kept in a file beside it, which may be lost: it is made again from the segment.
 *
 * <pre>
 *  0  long  magic, "RIACHOIX"
 *  8  int   format version
 * 12  int   count of entries
 * 16  long  shard
 * 24  long  the segment's base offset
 * 32  long  the segment's length
 * 40  entries, each: base offset (long), timestamp (long), position (int)
 *     int   CRC32C of everything before
 * </pre>
 */
final class SegmentIndex {

    static final long MAGIC = 0x524941_43484f_4958L;

    private static final int HEADER_BYTES = 40;
    private static final int ENTRY_BYTES = 20;

    private final long baseOffset;
    private final int interval;
    private long[] offsets = {};
    private long[] timestamps = {};
    private int[] positions = {};
    private int size;
    private long indexedTo = SegmentFormat.HEADER_BYTES;

    /** @param baseOffset the segment's */
    SegmentIndex(long baseOffset, int interval) {
        this.baseOffset = baseOffset;
        this.interval = interval;
    }

    /** Whether this is the segment's index: the open one's is looked for while another may take its place. */
    boolean isOf(Segment segment) {
        return segment.baseOffset() == baseOffset;
    }

    /** How far into the segment the entries reach. */
    synchronized long indexedTo() {
        return indexedTo;
    }

    /** Takes in the batch at the position, if the index reaches up to there and not beyond. */
    synchronized void add(long offset, long timestamp, long position, int length) {
        if (position != indexedTo) {
            return;
        }
        if (size == 0 || position - positions[size - 1] >= interval) {
            if (size == positions.length) {
                int capacity = Math.max(4, size * 2);
                offsets = Arrays.copyOf(offsets, capacity);
                timestamps = Arrays.copyOf(timestamps, capacity);
                positions = Arrays.copyOf(positions, capacity);
            }
            offsets[size] = offset;
            timestamps[size] = timestamp;
            positions[size] = (int) position;
            size++;
        }
        indexedTo = position + length;
    }

    /** Passes over a damaged part. */
    synchronized void skipTo(long position) {
        indexedTo = Math.max(indexedTo, position);
    }

    /** The position of a batch at or before the one with the offset. */
    synchronized long floor(long offset) {
        int found = Arrays.binarySearch(offsets, 0, size, offset);
        int i = found >= 0 ? found : -found - 2;
        return i < 0 ? SegmentFormat.HEADER_BYTES : positions[i];
    }

    /** The position of a batch at or before the first one that arrived at or after the time. */
    synchronized long floorByTime(long timestamp) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timestamps[middle] < timestamp) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? SegmentFormat.HEADER_BYTES : positions[low - 1];
    }

    /** Walks the segment's headers up to the position and takes them in. */
    synchronized void extend(DiskFile file, long to, long shard, int salt) throws IOException {
        BatchScan scan = new BatchScan(file, indexedTo, to, shard, salt);
        while (scan.next()) {
            skipTo(scan.position());
            add(scan.baseOffset(), scan.timestamp(), scan.position(), scan.length());
        }
        skipTo(to);
    }

    synchronized ByteBuffer encode(long shard, long segmentLength) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + size * ENTRY_BYTES + 4);
        buffer.putLong(MAGIC).putInt(FormatVersion.CURRENT).putInt(size);
        buffer.putLong(shard).putLong(baseOffset).putLong(segmentLength);
        for (int i = 0; i < size; i++) {
            buffer.putLong(offsets[i]).putLong(timestamps[i]).putInt(positions[i]);
        }
        buffer.putInt(Checksum.of(buffer, 0, buffer.position()));
        return buffer.flip();
    }

    /** Reads what {@link #encode} wrote; false, and nothing changed, where it is damaged or another segment's. */
    synchronized boolean decode(ByteBuffer buffer, Path path, long shard, long segmentLength) {
        if (buffer.limit() < HEADER_BYTES + 4 || buffer.getLong(0) != MAGIC) {
            return false;
        }
        FormatVersion.check(path, buffer.getInt(8));
        int count = buffer.getInt(12);
        int end = buffer.limit() - 4;
        if (count < 0
                || end != HEADER_BYTES + (long) count * ENTRY_BYTES
                || buffer.getInt(end) != Checksum.of(buffer, 0, end)
                || buffer.getLong(16) != shard
                || buffer.getLong(24) != baseOffset
                || buffer.getLong(32) != segmentLength) {
            return false;
        }
        offsets = new long[count];
        timestamps = new long[count];
        positions = new int[count];
        for (int i = 0; i < count; i++) {
            int at = HEADER_BYTES + i * ENTRY_BYTES;
            offsets[i] = buffer.getLong(at);
            timestamps[i] = buffer.getLong(at + 8);
            positions[i] = buffer.getInt(at + 16);
        }
        size = count;
        indexedTo = segmentLength;
        return true;
    }
}
