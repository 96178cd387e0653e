package io.riacho.usage;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does again and again, in a thread of its own, what metering has to do. */
public final class UsageSchedule implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UsageSchedule.class);

    private final ScheduledExecutorService executor;

    public UsageSchedule(String thread) {
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(thread).daemon().factory());
    }

    /** Runs the work for the first time after the interval. A failure is logged, and the work tried again. */
    public UsageSchedule every(Duration interval, Runnable work) {
        var _ = executor.scheduleWithFixedDelay(
                () -> run(work), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Runs the work soon, unless the server stops. */
    public void soon(Runnable work) {
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
            log.warn("Usage is not added to PostgreSQL for now; trying again later", e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
