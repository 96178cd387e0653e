package io.riacho.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sleeps that need no checked exception. */
public final class Pauses {

    private Pauses() {}

    public static void milliseconds(long milliseconds) {
        until(System.nanoTime() + milliseconds * 1_000_000);
    }

    /** @param end by {@link System#nanoTime} */
    public static void until(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Interrupted");
            }
        }
    }

    /**
     * Asks again and again until it holds.
     *
     * @throws IllegalStateException if it does not within that time
     */
    public static void await(String failure, Duration within, BooleanSupplier condition) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(failure + " within " + within.toSeconds() + " s");
            }
            milliseconds(20);
        }
    }
}
