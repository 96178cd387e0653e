package io.riacho.firehose;

import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.directput.PutMetrics;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what is counted of puts, again and again. */
final class PutMetricsSchedule implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PutMetricsSchedule.class);
    private static final int SECONDS = 5;

    private final PutMetrics metrics;
    private final DeliveryStreams streams;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("firehose-metrics").daemon().factory());

    PutMetricsSchedule(PutMetrics metrics, DeliveryStreams streams) {
        this.metrics = metrics;
        this.streams = streams;
        var _ = executor.scheduleWithFixedDelay(this::run, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void run() {
        try {
            metrics.takeOver(id -> streams.find(id).isPresent());
        } catch (RuntimeException e) {
            log.warn("Metrics of puts are taken over later", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
