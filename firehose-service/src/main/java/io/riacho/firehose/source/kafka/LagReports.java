package io.riacho.firehose.source.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells now and then how far reading is, also where nothing comes. Used by the client's thread. */
final class LagReports {

    private static final Logger log = LoggerFactory.getLogger(LagReports.class);
    private static final String THROTTLED = "fetch-throttle-time-max";

    private final ReadingListener listener;
    private final Pace pace;
    private long reportAt = System.nanoTime();

    LagReports(ReadingListener listener, Pace pace) {
        this.listener = listener;
        this.pace = pace;
    }

    /** @param backpressured whether a partition is not read on */
    void report(Consumer<byte[], byte[]> client, Collection<TopicPartition> reading, boolean backpressured) {
        if (System.nanoTime() - reportAt < 0) {
            return;
        }
        try {
            client.endOffsets(reading, pace.patience())
                    .forEach((partition, end) -> listener.behind(
                            partition.toString(), Math.max(0, end - client.position(partition, pace.patience()))));
            listener.paced(backpressured, throttled(client.metrics()));
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            // Who reads sees it, too, and tells it.
            log.debug("It cannot be told how far reading is", e);
        }
        reportAt = System.nanoTime() + pace.report().toNanos();
    }

    private static Duration throttled(Map<MetricName, ? extends Metric> metrics) {
        return metrics.values().stream()
                .filter(metric -> metric.metricName().name().equals(THROTTLED))
                .map(metric -> metric.metricValue() instanceof Double value && value > 0 ? value.longValue() : 0L)
                .map(Duration::ofMillis)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
