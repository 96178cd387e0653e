package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The direct buffers of appends that wait for their commit. Sizes are powers of two; together they never exceed the
 * budget: who wants more waits until others give back.
 */
final class BufferPool {

    private static final int SMALLEST_BITS = 12;

    private final long budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition givenBack = lock.newCondition();
    private final ArrayDeque<ByteBuffer>[] free;
    private long taken;
    private long kept;

    @SuppressWarnings({"unchecked", "rawtypes"})
    BufferPool(int budget) {
        this.budget = 1L << bits(budget);
        free = new ArrayDeque[32];
        for (int i = 0; i < free.length; i++) {
            free[i] = new ArrayDeque<>(0);
        }
    }

    private static int bits(int size) {
        return Math.max(SMALLEST_BITS, 32 - Integer.numberOfLeadingZeros(size - 1));
    }

    /** A buffer with room for the size; its content is what its last user left. */
    ByteBuffer take(int size) {
        int bits = bits(size);
        long capacity = 1L << bits;
        if (capacity > budget) {
            throw new IllegalArgumentException("An append of " + size + " bytes is larger than the log's buffers");
        }
        lock.lock();
        try {
            while (taken + capacity > budget) {
                givenBack.awaitUninterruptibly();
            }
            taken += capacity;
            ByteBuffer buffer = free[bits].pollLast();
            if (buffer != null) {
                kept -= capacity;
                return buffer.clear();
            }
            makeRoom();
        } finally {
            lock.unlock();
        }
        return ByteBuffer.allocateDirect((int) capacity);
    }

    void giveBack(ByteBuffer buffer) {
        int capacity = buffer.capacity();
        lock.lock();
        try {
            taken -= capacity;
            kept += capacity;
            free[bits(capacity)].addLast(buffer);
            givenBack.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of free buffers, for the memory that an idle log does not need. */
    void trim() {
        lock.lock();
        try {
            for (ArrayDeque<ByteBuffer> buffers : free) {
                buffers.clear();
            }
            kept = 0;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        for (int bits = free.length - 1; taken + kept > budget && bits >= SMALLEST_BITS; bits--) {
            while (taken + kept > budget && free[bits].pollLast() != null) {
                kept -= 1L << bits;
            }
        }
    }
}
