package io.riacho.streams.fanout;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of all events that are on their way. Each event may take a share of what is left, so events become smaller
 * the more of them wait for slow readers, and no reader has to wait for another. Safe for use by many threads.
 */
final class EventMemory {

    /** With Base64 about 1 MB on the wire. */
    static final int MOST = 768 << 10;

    static final int LEAST = 16 << 10;
    private static final int SHARES = 32;

    private final AtomicLong free;

    EventMemory(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** How many bytes of records the next event may have; it may have more where its first record does. */
    int share() {
        return (int) Math.clamp(free.get() / SHARES, LEAST, MOST);
    }

    void take(int bytes) {
        free.addAndGet(-bytes);
    }

    void giveBack(int bytes) {
        free.addAndGet(bytes);
    }

    long free() {
        return free.get();
    }
}
