package io.riacho.log;

/** Places of successive batches in the journal, copied out of a {@link ShardTail}. Not thread-safe; used again. */
final class TailRun {

    private static final int CAPACITY = 1024;

    private final long[] baseOffsets = new long[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    private final int[] generations = new int[CAPACITY];
    private final int[] positions = new int[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
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
