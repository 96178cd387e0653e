package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for Flink's planner, few and for a bounded time each. The planner cannot be interrupted: what is given up goes on in its
 * thread, and keeps its place until it ends, so that there are never more of them than places. Safe for use by many threads.
 */
final class Planner {

    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
    /** Deeply nested expressions need it. */
    private static final long STACK = 16L << 20;

    private final Semaphore places;
    private final Duration time;

    /** @param places how many are planned at a time */
    Planner(int places, Duration time) {
        this.places = new Semaphore(places, true);
        this.time = time;
    }

    /**
     * @throws CodeException where planning takes too long
     * @throws JobException where no place becomes free
     */
    <T> T plan(String application, Callable<T> task) {
        try {
            if (!places.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JobException(
                        "Other applications are being planned; try again later", new TimeoutException("No place"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while waiting to plan", e);
        }
        FutureTask<T> planning = new FutureTask<>(task);
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        planning.run();
                    } finally {
                        places.release();
                    }
                },
                "flink-planner-" + application,
                STACK);
        thread.setDaemon(true);
        thread.setContextClassLoader(Planner.class.getClassLoader());
        thread.start();
        return await(application, planning);
    }

    private <T> T await(String application, FutureTask<T> planning) {
        try {
            return planning.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            planning.cancel(true);
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while planning", e);
        } catch (TimeoutException e) {
            planning.cancel(true);
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
