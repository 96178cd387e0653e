package io.riacho.log;

import java.util.Arrays;

/**
 * Where the batches of one shard lie that are in the journal but not in a segment yet, by ascending offset. Plain
 * arrays, because there may be millions. Guarded by its shard's monitor.
 */
final class ShardTail {

    private static final int SMALLEST = 8;

    private long[] baseOffsets = {};
    private long[] timestamps = {};
    private int[] generations = {};
    private int[] positions = {};
    private int[] lengths = {};
    private int head;
    private int end;
    private long bytes;

    int size() {
        return end - head;
    }

    long bytes() {
        return bytes;
    }

    void add(long baseOffset, long timestamp, int generation, int position, int length) {
        if (end == baseOffsets.length) {
            makeRoom();
        }
        baseOffsets[end] = baseOffset;
        timestamps[end] = timestamp;
        generations[end] = generation;
        positions[end] = position;
        lengths[end] = length;
        bytes += length;
        end++;
    }

    private void makeRoom() {
        int size = size();
        int capacity = Math.max(SMALLEST, size > baseOffsets.length / 2 ? size * 2 : baseOffsets.length);
        resize(capacity);
    }

    private void resize(int capacity) {
        baseOffsets = moved(baseOffsets, new long[capacity]);
        timestamps = moved(timestamps, new long[capacity]);
        generations = moved(generations, new int[capacity]);
        positions = moved(positions, new int[capacity]);
        lengths = moved(lengths, new int[capacity]);
        end -= head;
        head = 0;
    }

    private long[] moved(long[] from, long[] to) {
        System.arraycopy(from, head, to, 0, size());
        return to;
    }

    private int[] moved(int[] from, int[] to) {
        System.arraycopy(from, head, to, 0, size());
        return to;
    }

    void dropFirst(int count) {
        for (int i = 0; i < count; i++) {
            bytes -= lengths[head + i];
        }
        head += count;
        if (size() * 4 < baseOffsets.length) {
            resize(size() == 0 ? 0 : Math.max(SMALLEST, size() * 2));
        }
    }

    /** How many batches lie before the place in the journal. */
    int countBefore(JournalPosition cut) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cut.isAfter(generations[head + middle], positions[head + middle])) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The index of the last batch that begins at or before the offset, else 0. */
    int floor(long offset) {
        int found = Arrays.binarySearch(baseOffsets, head, end, offset);
        return Math.max(0, (found >= 0 ? found : -found - 2) - head);
    }

    /** The index of the first batch that arrived at or after the time, else the size. */
    int ceilingByTime(long timestamp) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timestamps[head + middle] < timestamp) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long baseOffset(int index) {
        return baseOffsets[head + index];
    }

    long timestamp(int index) {
        return timestamps[head + index];
    }

    int generation(int index) {
        return generations[head + index];
    }

    int position(int index) {
        return positions[head + index];
    }

    int length(int index) {
        return lengths[head + index];
    }

    /** Copies the places of batches, from the index on until there are enough bytes or the run is full. */
    void copyTo(TailRun run, int index, int maxBytes) {
        run.clear();
        long total = 0;
        for (int i = index; i < size() && !run.isFull() && (total == 0 || total + length(i) <= maxBytes); i++) {
            run.add(baseOffset(i), timestamp(i), generation(i), position(i), length(i));
            total += length(i);
        }
    }
}
