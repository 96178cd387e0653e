package io.riacho.firehose.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all delivery streams of the process may use for records. Who finds it used up waits, and what is
 * buffered most is delivered early meanwhile. Safe for use by many threads.
 */
public final class MemoryBudget {

    private static final long ASK_AGAIN_MILLIS = 200;

    private final long capacity;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private volatile Runnable relief = () -> {};
    private long used;
    private int waiting;

    /** @param capacity in bytes */
    public MemoryBudget(long capacity) {
        this.capacity = capacity;
    }

    /** @param relief called again and again while somebody waits; has to come back at once */
    void onPressure(Runnable relief) {
        this.relief = relief;
    }

    /** Waits until there is room. What is more than the whole budget waits until nothing else is there. */
    void acquire(long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting++;
            while (!fits(bytes)) {
                lock.unlock();
                try {
                    relief.run();
                } finally {
                    lock.lock();
                }
                if (!fits(bytes)) {
                    boolean _ = freed.await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            used += bytes;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** @param bytes as they were acquired */
    void release(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long bytes) {
        return used == 0 || used + bytes <= capacity;
    }

    /** Whether somebody waits for memory. */
    boolean isShort() {
        lock.lock();
        try {
            return waiting > 0 && used > 0;
        } finally {
            lock.unlock();
        }
    }
}
