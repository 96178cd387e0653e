package io.riacho.streams.limit;

import java.util.function.LongSupplier;

/**
 * What one consumer gets of one shard: so many bytes a second, and one call of SubscribeToShard a second. Safe for use by
 * many threads.
 */
public final class ConsumerLimits {

    private final LongSupplier nanoTime;
    private final boolean limited;
    private final TokenBucket bytes;
    private final TokenBucket calls;

    /**
     * @param bytesPerSecond infinite for no limits at all
     * @param nanoTime nanoseconds of any clock that never goes back
     */
    public ConsumerLimits(double bytesPerSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        limited = Double.isFinite(bytesPerSecond);
        long now = nanoTime.getAsLong();
        bytes = new TokenBucket(limited ? bytesPerSecond : 1, now);
        calls = new TokenBucket(1, now);
    }

    /** Whether the consumer may subscribe now; if so, it counts. */
    public synchronized boolean tryCall() {
        if (limited) {
            if (!calls.hasWholeToken(nanoTime.getAsLong())) {
                return false;
            }
            calls.take(1);
        }
        return true;
    }

    /** How long the consumer has to wait for the next bytes; 0 where it has not. */
    public synchronized long nanosUntilReadable() {
        return limited ? bytes.nanosUntilTokens(nanoTime.getAsLong()) : 0;
    }

    public synchronized void read(long count) {
        if (limited) {
            // What was earned until now counts first.
            boolean unused = bytes.hasTokens(nanoTime.getAsLong());
            bytes.take(count);
        }
    }
}
