package io.riacho.streams.record;

import io.riacho.streams.shard.HashKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of one PutRecord or PutRecords as they came off the wire: the data lies in the request's body, or in an
 * array of its own. Not thread-safe.
 */
final class PutBatch {

    private byte[][] keys;
    private byte[][] data;
    private int[] positions;
    private int[] lengths;
    private @Nullable HashKey[] explicitHashKeys;
    private int size;
    private long totalBytes;

    PutBatch(int expected) {
        keys = new byte[expected][];
        data = new byte[expected][];
        positions = new int[expected];
        lengths = new int[expected];
        explicitHashKeys = new @Nullable HashKey[expected];
    }

    /** @param key the partition key, UTF-8 */
    void add(byte[] key, byte[] bytes, int position, int length, @Nullable HashKey explicitHashKey) {
        if (size == keys.length) {
            grow();
        }
        keys[size] = key;
        data[size] = bytes;
        positions[size] = position;
        lengths[size] = length;
        explicitHashKeys[size] = explicitHashKey;
        totalBytes += length + key.length;
        size++;
    }

    int size() {
        return size;
    }

    /** Bytes of all data and partition keys. */
    long totalBytes() {
        return totalBytes;
    }

    byte[] key(int index) {
        return keys[index];
    }

    byte[] data(int index) {
        return data[index];
    }

    int position(int index) {
        return positions[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** What the record counts against the limits: data and partition key. */
    int bytes(int index) {
        return lengths[index] + keys[index].length;
    }

    @Nullable
    HashKey explicitHashKey(int index) {
        return explicitHashKeys[index];
    }

    private void grow() {
        int capacity = size * 2;
        keys = Arrays.copyOf(keys, capacity);
        data = Arrays.copyOf(data, capacity);
        positions = Arrays.copyOf(positions, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        explicitHashKeys = Arrays.copyOf(explicitHashKeys, capacity);
    }
}
