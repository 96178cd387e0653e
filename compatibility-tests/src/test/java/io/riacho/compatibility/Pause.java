package io.riacho.compatibility;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting, where the API has nothing to wait on. */
final class Pause {

    private static final long SHORTEST = 25;
    private static final long LONGEST = 500;
    /** What takes long to look at is looked at less often: what is waited for needs the processors itself. */
    private static final int SHARE = 4;

    private Pause() {}

    static void milliseconds(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Polls until the condition holds; fails the test after two minutes, far beyond what any of them takes. */
    static void until(String what, BooleanSupplier condition) {
        until(what, Duration.ofMinutes(2), condition);
    }

    static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long begin = System.nanoTime();
            if (condition.getAsBoolean()) {
                return;
            }
            long end = System.nanoTime();
            if (end > deadline) {
                throw new AssertionError("Waited in vain until " + what);
            }
            milliseconds(Math.clamp(SHARE * TimeUnit.NANOSECONDS.toMillis(end - begin), SHORTEST, LONGEST));
        }
    }
}
