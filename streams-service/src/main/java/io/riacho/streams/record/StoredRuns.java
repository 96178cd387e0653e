package io.riacho.streams.record;

import io.riacho.streams.usage.StreamsMeter;

/**
 * Sums up the records of one append by shard, so that each shard's are metered at once. Those of a shard follow one
 * another in its log, in the order in which they are added here. Not thread-safe.
 */
final class StoredRuns {

    private static final int FIELDS = 5;
    private static final int SHARD = 0;
    private static final int FIRST = 1;
    private static final int RECORDS = 2;
    private static final int BYTES = 3;
    private static final int UNITS = 4;

    private final StreamsMeter.Put meter;
    /** One and the index of a shard's sums, by the shard's hash; 0 for none. */
    private final int[] table;

    private long[] sums = new long[FIELDS * 4];
    private int shards;

    /** @param most how many records may be added */
    StoredRuns(StreamsMeter.Put meter, int most) {
        this.meter = meter;
        table = new int[Integer.highestOneBit(Math.max(1, most)) * 4];
    }

    void add(long shard, long offset, int bytes) {
        int at = FIELDS * indexOf(shard, offset);
        sums[at + RECORDS]++;
        sums[at + BYTES] += bytes;
        sums[at + UNITS] += meter.units(bytes);
    }

    /** Meters what was added. */
    void finish(long millis) {
        for (int at = 0; at < shards * FIELDS; at += FIELDS) {
            meter.stored(
                    sums[at + SHARD],
                    sums[at + FIRST],
                    (int) sums[at + RECORDS],
                    sums[at + BYTES],
                    sums[at + UNITS],
                    millis);
        }
    }

    private int indexOf(long shard, long offset) {
        int mask = table.length - 1;
        int slot = (int) ((shard * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (table[slot] != 0) {
            int index = table[slot] - 1;
            if (sums[index * FIELDS + SHARD] == shard) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = ++shards;
        int at = (shards - 1) * FIELDS;
        if (at == sums.length) {
            sums = java.util.Arrays.copyOf(sums, sums.length * 2);
        }
        sums[at + SHARD] = shard;
        sums[at + FIRST] = offset;
        return shards - 1;
    }
}
