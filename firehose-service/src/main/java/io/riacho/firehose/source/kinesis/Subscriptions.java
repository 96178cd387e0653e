package io.riacho.firehose.source.kinesis;

import java.util.concurrent.Semaphore;

/**
 * How many shards the process reads by subscriptions at a time: for each one the AWS SDK holds a buffer of 2 MiB
 * ({@code software.amazon.eventstream.MessageDecoder}), whether records come or not. Safe for use by many threads.
 */
public final class Subscriptions {

    /** With what the connection's two ends hold. */
    private static final long BYTES_OF_EACH = (2 << 20) + (256 << 10);

    private final Semaphore free;

    /** @param most may be 0 */
    public Subscriptions(int most) {
        this.free = new Semaphore(most);
    }

    /** As many as have room in that memory, at least one. */
    public static Subscriptions within(long bytes) {
        return new Subscriptions((int) Math.clamp(bytes / BYTES_OF_EACH, 1, Integer.MAX_VALUE));
    }

    /** Whether there may be one more; it has to be given back then. */
    boolean tryTake() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }

    int free() {
        return free.availablePermits();
    }
}
