package io.riacho.protocol.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process where memory has run out in a thread that nobody looks after: a server that goes on without one of its threads answers,
 * and does not do what it says. Whoever runs it starts it again, and it goes on from what is on disk. What is caught, such as in a job of
 * Analytics, ends what ran there and nothing else, which {@code -XX:+ExitOnOutOfMemoryError} would not let it.
 */
public final class UncaughtErrors {

    /** As Java itself ends with that option. */
    static final int OUT_OF_MEMORY = 3;

    private static final Logger log = LoggerFactory.getLogger(UncaughtErrors.class);

    private UncaughtErrors() {}

    /** For all threads that have no handler of their own. */
    public static void endTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            if (isOutOfMemory(error)) {
                Runtime.getRuntime().halt(OUT_OF_MEMORY);
            }
            log.error("Thread {} has ended", thread.getName(), error);
        });
    }

    private static boolean isOutOfMemory(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
