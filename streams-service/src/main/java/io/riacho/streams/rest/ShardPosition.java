package io.riacho.streams.rest;

import io.riacho.streams.shard.Shard;
import java.util.concurrent.TimeUnit;

/** Where one reader is in one shard. Used by the reader's thread, but for {@link #signal}. */
final class ShardPosition {

    private static final int FIRST_LIMIT = 25;
    private static final int MOST_RECORDS = 1000;
    private static final int BYTES_AT_ONCE = 256 * 1024;

    private final Shard shard;
    private String iterator;
    private long offset;
    private int limit = FIRST_LIMIT;
    private long notBefore;
    private volatile boolean signalled = true;

    /** @param offset that the iterator reads first */
    ShardPosition(Shard shard, String iterator, long offset, long now) {
        this.shard = shard;
        this.iterator = iterator;
        this.offset = offset;
        notBefore = now;
    }

    Shard shard() {
        return shard;
    }

    String iterator() {
        return iterator;
    }

    long offset() {
        return offset;
    }

    /** How many records to read at once, by the size of those before: a slow reader holds that many in memory. */
    int limit() {
        return limit;
    }

    void advance(long nextOffset) {
        offset = nextOffset;
    }

    void advance(String nextIterator, long nextOffset) {
        iterator = nextIterator;
        offset = nextOffset;
    }

    void learn(int records, long bytes) {
        if (records > 0) {
            long average = Math.max(1, bytes / records);
            limit = (int) Math.clamp(BYTES_AT_ONCE / average, 1, MOST_RECORDS);
        }
    }

    /** There may be something to read. Called by any thread. */
    void signal() {
        signalled = true;
    }

    /** Says that all is read that was signalled so far; called before it is read. */
    void take() {
        signalled = false;
    }

    void pause(long now, long millis) {
        notBefore = now + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    boolean isReady(long now) {
        return signalled && notBefore - now <= 0;
    }

    /** Nanoseconds until it is ready; {@link Long#MAX_VALUE} where nothing is to be read. */
    long nanosUntilReady(long now) {
        return signalled ? Math.max(0, notBefore - now) : Long.MAX_VALUE;
    }
}
