package io.riacho.streams.limit;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The throughput limits of one shard. Safe for use by many threads. */
public final class ShardLimits {

    private final LongSupplier nanoTime;
    private final @Nullable Buckets buckets;

    /** @param nanoTime nanoseconds of any clock that never goes back */
    public ShardLimits(Throughput throughput, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        buckets = throughput.limited() ? new Buckets(throughput, nanoTime.getAsLong()) : null;
    }

    /** Whether the shard takes a record of so many bytes now; if so, it counts. */
    public boolean tryWrite(int bytes) {
        Buckets limited = buckets;
        if (limited == null) {
            return true;
        }
        long now = nanoTime.getAsLong();
        synchronized (limited) {
            if (!limited.writeBytes.hasTokens(now) || !limited.writeRecords.hasWholeToken(now)) {
                return false;
            }
            limited.writeBytes.take(bytes);
            limited.writeRecords.take(1);
            return true;
        }
    }

    /** Whether the shard may be read now; if so, the call counts, and its bytes are to be told to {@link #read}. */
    public boolean tryRead() {
        Buckets limited = buckets;
        if (limited == null) {
            return true;
        }
        long now = nanoTime.getAsLong();
        synchronized (limited) {
            if (!limited.readBytes.hasTokens(now) || !limited.readCalls.hasWholeToken(now)) {
                return false;
            }
            limited.readCalls.take(1);
            return true;
        }
    }

    public void read(long bytes) {
        Buckets limited = buckets;
        if (limited != null) {
            synchronized (limited) {
                limited.readBytes.takeInFull(bytes);
            }
        }
    }

    private static final class Buckets {

        final TokenBucket writeBytes;
        final TokenBucket writeRecords;
        final TokenBucket readBytes;
        final TokenBucket readCalls;

        Buckets(Throughput throughput, long now) {
            writeBytes = new TokenBucket(throughput.writeBytes(), now);
            writeRecords = new TokenBucket(throughput.writeRecords(), now);
            readBytes = new TokenBucket(throughput.readBytes(), now);
            readCalls = new TokenBucket(throughput.readCalls(), now);
        }
    }
}
