package io.riacho.analytics.runtime;

import io.riacho.analytics.job.BusyException;
import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for Flink's planner, few and for a bounded time each. The planner cannot be interrupted, and Java ends no thread: what is given
 * up goes on. It costs its application, which is not planned again until that thread ends, and not the others: the first few that are
 * given up leave their places to others at once. Safe for use by many threads.
 */
final class Planner {

    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
    /** Deeply nested expressions need it. */
    private static final long STACK = 16L << 20;
    /** Plans that were given up and leave their places to others; they take a core each until they end. */
    private static final int GIVEN_UP_BESIDE = 4;

    private final int places;
    private final Duration time;
    /** Applications that are being planned, each once. */
    private final Set<String> planned = new HashSet<>();
    /** Applications whose plan was given up and goes on. */
    private final Set<String> givenUp = new HashSet<>();

    /** @param places how many are planned at a time */
    Planner(int places, Duration time) {
        this.places = places;
        this.time = time;
    }

    /**
     * @throws CodeException where planning takes too long
     * @throws BusyException where no place becomes free
     */
    <T> T plan(String application, Callable<T> task) {
        enter(application);
        FutureTask<T> planning = new FutureTask<>(task);
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        planning.run();
                    } finally {
                        leave(application);
                    }
                },
                "flink-planner-" + application,
                STACK);
        thread.setDaemon(true);
        thread.setContextClassLoader(Planner.class.getClassLoader());
        try {
            thread.start();
        } catch (Throwable e) {
            leave(application);
            throw e;
        }
        return await(application, planning);
    }

    private synchronized void enter(String application) {
        long end = System.nanoTime() + time.toNanos();
        while (true) {
            if (givenUp.contains(application)) {
                throw new BusyException("What was given up of the application is still being planned; try again later");
            }
            int free = places - Math.max(0, givenUp.size() - GIVEN_UP_BESIDE);
            if (free <= 0) {
                throw new BusyException(
                        "Code that was given up is still being planned, and leaves no place; try again later");
            }
            if (planned.size() < free && planned.add(application)) {
                return;
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                throw new BusyException("Other applications are being planned; try again later");
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobException("Interrupted while waiting to plan", e);
            }
        }
    }

    private synchronized void leave(String application) {
        planned.remove(application);
        givenUp.remove(application);
        notifyAll();
    }

    /** Whoever waits for the place gets it, but where too many were given up. */
    private synchronized void giveUp(String application, FutureTask<?> planning) {
        planning.cancel(true);
        if (planned.remove(application)) {
            givenUp.add(application);
            notifyAll();
        }
    }

    private <T> T await(String application, FutureTask<T> planning) {
        try {
            return planning.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            giveUp(application, planning);
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while planning", e);
        } catch (TimeoutException e) {
            giveUp(application, planning);
            LOG.warn("Gave up planning {} after {}", application, time);
            throw new CodeException(
                    "The code is too complex: planning it takes more than " + time.toSeconds() + " seconds", 0, 0);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CodeException code -> throw code;
                case JobException job -> throw job;
                case StackOverflowError _ -> throw new CodeException("The code is nested too deeply", 0, 0);
                case OutOfMemoryError _ -> throw new CodeException("The code needs too much memory to plan", 0, 0);
                case null, default -> throw new JobException(Failures.line(e), e);
            }
        }
    }
}
