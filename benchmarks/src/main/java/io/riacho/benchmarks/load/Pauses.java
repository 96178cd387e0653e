package io.riacho.benchmarks.load;

import java.util.concurrent.locks.LockSupport;

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
}
