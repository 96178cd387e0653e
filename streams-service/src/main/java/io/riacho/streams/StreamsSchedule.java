package io.riacho.streams;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what has to be done again and again, one after the other. */
final class StreamsSchedule implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamsSchedule.class);

    private final ScheduledExecutorService executor;

    StreamsSchedule(String thread) {
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(thread).daemon().factory());
    }

    /** Runs the work for the first time after the interval. A failure is logged, and the work tried again. */
    StreamsSchedule every(Duration interval, Runnable work) {
        var unused = executor.scheduleWithFixedDelay(
                () -> run(work), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Runs the work soon, unless the server stops. */
    @Override
    public void execute(Runnable work) {
        try {
            executor.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            log.debug("Nothing is begun any more while the server stops");
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("{} failed; trying again later", work.getClass().getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("Work of the schedule goes on while the server stops");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
