package io.riacho.metrics;

import io.riacho.metrics.history.MetricHistory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the history forget, minute by minute. */
final class MetricsSchedule implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MetricsSchedule.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metrics-schedule").daemon().factory());

    MetricsSchedule(MetricHistory history) {
        var unused = executor.scheduleWithFixedDelay(() -> age(history), 1, 1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void age(MetricHistory history) {
        try {
            history.age();
        } catch (RuntimeException e) {
            log.warn("Old values of metrics were not let go; trying again in a minute", e);
        }
    }
}
