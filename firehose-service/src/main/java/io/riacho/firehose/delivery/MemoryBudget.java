package io.riacho.firehose.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all delivery streams of the process may use for records. Who finds it used up waits, and what is
 * buffered most is delivered early meanwhile. What was begun in a former life cannot be delivered early, and together it may
 * be more than there is: so that not all wait for each other for ever, one holder at a time gets more, until it has what it
 * began. Safe for use by many threads.
 */
public final class MemoryBudget {

    private static final long ASK_AGAIN_MILLIS = 200;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN_MILLIS);

    private final long capacity;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private volatile Runnable relief = () -> {};
    private long used;
    private int waiting;
    private @Nullable Object exempt;

    /** @param capacity in bytes */
    public MemoryBudget(long capacity) {
        this.capacity = capacity;
    }

    /** @param relief called again and again while somebody waits; has to come back at once */
    void onPressure(Runnable relief) {
        this.relief = relief;
    }

    /**
     * Waits until there is room. What is more than the whole budget waits until nothing else is there.
     *
     * @param holder who calls {@link #complete} in the end, where it has something that is not complete
     * @param isIncomplete whether it cannot deliver what it has without having more
     */
    void acquire(long bytes, Object holder, boolean isIncomplete) throws InterruptedException {
        long began = System.nanoTime();
        lock.lockInterruptibly();
        try {
            waiting++;
            while (!fits(bytes) && exempt != holder) {
                lock.unlock();
                try {
                    relief.run();
                } finally {
                    lock.lock();
                }
                if (!fits(bytes)) {
                    boolean _ = freed.await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
                // Others may give back and take all the time, and never leave as much as this holder needs.
                if (isIncomplete && exempt == null && System.nanoTime() - began >= PATIENCE_NANOS) {
                    exempt = holder;
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

    /** Says that the holder has nothing that is not complete, or nothing at all. */
    void complete(Object holder) {
        lock.lock();
        try {
            if (exempt == holder) {
                exempt = null;
            }
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
