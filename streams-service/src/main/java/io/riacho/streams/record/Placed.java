package io.riacho.streams.record;

import io.riacho.streams.shard.Shard;

/** Where the records of a {@link PutBatch} went: each has its shard, and an offset unless the shard was too busy. */
final class Placed {

    private static final long THROTTLED = -1;

    private final Shard[] shards;
    private final long[] offsets;
    private int throttled;

    Placed(int size) {
        shards = new Shard[size];
        offsets = new long[size];
    }

    void stored(int index, Shard shard, long offset) {
        shards[index] = shard;
        offsets[index] = offset;
    }

    void throttled(int index, Shard shard) {
        shards[index] = shard;
        offsets[index] = THROTTLED;
        throttled++;
    }

    int size() {
        return shards.length;
    }

    Shard shard(int index) {
        return shards[index];
    }

    long offset(int index) {
        return offsets[index];
    }

    boolean isThrottled(int index) {
        return offsets[index] == THROTTLED;
    }

    int throttledCount() {
        return throttled;
    }
}
