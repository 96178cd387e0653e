package io.riacho.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records to append in one call, to one or more shards. It holds references into the caller's arrays, not copies.
 * Not thread-safe.
 */
public final class Append {

    private long[] shards;
    private byte[][] keys;
    private byte[][] data;
    private int[] dataPositions;
    private int[] dataLengths;
    private int size;
    private @Nullable SealingKey sealingKey;

    /** @param expectedRecords how many records will be added; more may be */
    public Append(int expectedRecords) {
        int capacity = Math.max(1, expectedRecords);
        shards = new long[capacity];
        keys = new byte[capacity][];
        data = new byte[capacity][];
        dataPositions = new int[capacity];
        dataLengths = new int[capacity];
    }

    /** Adds a record; its place among the added records is its index in {@link Appended}. */
    public void add(long shard, byte[] key, byte[] bytes, int position, int length) {
        if (size == shards.length) {
            grow();
        }
        shards[size] = shard;
        keys[size] = key;
        data[size] = bytes;
        dataPositions[size] = position;
        dataLengths[size] = length;
        size++;
    }

    /** Has the records, all of this append, encrypted: what reaches any disk is ciphertext. */
    public void sealWith(SealingKey key) {
        sealingKey = key;
    }

    /** Null where the records are not to be encrypted. */
    public @Nullable SealingKey sealingKey() {
        return sealingKey;
    }

    public int size() {
        return size;
    }

    public long shard(int index) {
        return shards[index];
    }

    /** The partition key, UTF-8. Not to be changed. */
    public byte[] key(int index) {
        return keys[index];
    }

    /** The array that holds the record's data from {@link #dataPosition} on. Not to be changed. */
    public byte[] data(int index) {
        return data[index];
    }

    public int dataPosition(int index) {
        return dataPositions[index];
    }

    public int dataLength(int index) {
        return dataLengths[index];
    }

    private void grow() {
        int capacity = size * 2;
        shards = Arrays.copyOf(shards, capacity);
        keys = Arrays.copyOf(keys, capacity);
        data = Arrays.copyOf(data, capacity);
        dataPositions = Arrays.copyOf(dataPositions, capacity);
        dataLengths = Arrays.copyOf(dataLengths, capacity);
    }
}
