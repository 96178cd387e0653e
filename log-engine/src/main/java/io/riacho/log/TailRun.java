package io.riacho.log;

import java.util.Arrays;

/** Places of successive batches in the journal, copied out of a {@link ShardTail}. Not thread-safe; used again. */
final class TailRun {

    private static final int CAPACITY = 4096;

    private long[] baseOffsets = {};
    private long[] timestamps = {};
    private int[] generations = {};
    private int[] positions = {};
    private int[] lengths = {};
    private int size;

    void clear() {
        size = 0;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    int size() {
        return size;
    }

    void add(long baseOffset, long timestamp, int generation, int position, int length) {
        if (size == lengths.length) {
            int capacity = Math.max(16, size * 2);
            baseOffsets = Arrays.copyOf(baseOffsets, capacity);
            timestamps = Arrays.copyOf(timestamps, capacity);
            generations = Arrays.copyOf(generations, capacity);
            positions = Arrays.copyOf(positions, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        baseOffsets[size] = baseOffset;
        timestamps[size] = timestamp;
        generations[size] = generation;
        positions[size] = position;
        lengths[size] = length;
        size++;
    }

    long baseOffset(int index) {
        return baseOffsets[index];
    }

    long timestamp(int index) {
        return timestamps[index];
    }

    int generation(int index) {
        return generations[index];
    }

    int position(int index) {
        return positions[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** How many batches, from the index on, lie in the journal one behind the other, within so many bytes. */
    int adjacent(int index, int maxBytes) {
        int count = 1;
        int bytes = lengths[index];
        while (index + count < size
                && generations[index + count] == generations[index]
                && positions[index + count] == positions[index] + bytes
                && bytes + lengths[index + count] <= maxBytes) {
            bytes += lengths[index + count];
            count++;
        }
        return count;
    }

    /** The batch that lies at the place where all are read one behind the other. */
    int indexAt(int place) {
        int end = lengths[0];
        int i = 0;
        while (end <= place && i + 1 < size) {
            end += lengths[++i];
        }
        return i;
    }

    int bytes(int index, int count) {
        int bytes = 0;
        for (int i = index; i < index + count; i++) {
            bytes += lengths[i];
        }
        return bytes;
    }
}
