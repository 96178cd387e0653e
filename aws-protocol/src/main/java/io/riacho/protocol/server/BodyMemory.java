package io.riacho.protocol.server;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that request bodies are read into: arrays in powers of two that are used again, within one budget for the
 * process. Who finds it used up waits, in order of arrival. What lies idle is at most a quarter of the budget, and halves
 * with every {@link #trim}. Safe for use by many threads.
 */
final class BodyMemory {

    private static final int UNIT = 1024;
    private static final int SMALLEST_SHIFT = 12;
    private static final int LARGEST_SHIFT = 30;

    private final Semaphore budget;
    private final long patienceNanos;
    private final long maxIdle;
    private final AtomicLong idle = new AtomicLong();
    private final ConcurrentLinkedDeque<byte[]>[] idleByShift = deques();

    BodyMemory(long budgetBytes, Duration patience) {
        this.budget = new Semaphore((int) Math.min(Integer.MAX_VALUE, budgetBytes / UNIT), true);
        this.patienceNanos = patience.toNanos();
        this.maxIdle = budgetBytes / 4;
    }

    /**
     * Sets memory aside, which {@link #release} gives back.
     *
     * @throws io.riacho.protocol.AwsException where none became free in time
     */
    void reserve(long bytes) {
        try {
            if (!budget.tryAcquire(units(bytes))
                    && !budget.tryAcquire(units(bytes), patienceNanos, TimeUnit.NANOSECONDS)) {
                throw WireErrors.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WireErrors.busy();
        }
    }

    void release(long bytes) {
        budget.release(units(bytes));
    }

    /** An array of at least that size, out of what was reserved. Its content is left over from earlier use. */
    byte[] take(int size) {
        int shift = shift(size);
        byte[] array = idleByShift[shift].pollFirst();
        if (array == null) {
            return new byte[1 << shift];
        }
        idle.addAndGet(-array.length);
        return array;
    }

    void giveBack(byte[] array) {
        if (idle.addAndGet(array.length) > maxIdle) {
            idle.addAndGet(-array.length);
        } else {
            idleByShift[shift(array.length)].addFirst(array);
        }
    }

    /** Lets go of half of what lies idle. */
    void trim() {
        for (ConcurrentLinkedDeque<byte[]> arrays : idleByShift) {
            for (int surplus = (arrays.size() + 1) / 2; surplus > 0; surplus--) {
                byte[] array = arrays.pollLast();
                if (array != null) {
                    idle.addAndGet(-array.length);
                }
            }
        }
    }

    long idleBytes() {
        return idle.get();
    }

    /** What can be reserved at this moment. */
    long freeBytes() {
        return (long) budget.availablePermits() * UNIT;
    }

    /** The size of the array that {@link #take} finds for so many bytes. */
    static long arraySize(int bytes) {
        return 1L << shift(bytes);
    }

    private static int units(long bytes) {
        return (int) ((bytes + UNIT - 1) / UNIT);
    }

    private static int shift(int size) {
        return Math.max(SMALLEST_SHIFT, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(size, 1) - 1));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ConcurrentLinkedDeque<byte[]>[] deques() {
        ConcurrentLinkedDeque<byte[]>[] deques = new ConcurrentLinkedDeque[LARGEST_SHIFT + 1];
        for (int i = 0; i < deques.length; i++) {
            deques[i] = new ConcurrentLinkedDeque<>();
        }
        return deques;
    }
}
