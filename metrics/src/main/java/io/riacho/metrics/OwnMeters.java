package io.riacho.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.riacho.metrics.history.MetricHistory.Key;
import io.riacho.metrics.history.Series;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * Shows what the services measured of themselves, under CloudWatch's names: {@code IncomingBytes} of {@code AWS/Firehose} is
 * {@code aws_firehose_IncomingBytes_total} to Prometheus, with its dimensions as labels. How many there are is bounded by
 * the history.
 *
 * <p>What is counted in things or bytes is a counter of all so far. Everything else, such as an age, is the largest of the
 * last minute that has one, and {@code NaN} once that is long ago. Of a {@code Success}, which is 1 or 0, the number of
 * values is shown as well: the rest of them failed.
 */
final class OwnMeters {

    private static final String OWN = "AWS/";
    /** Its meters stand beside its counters, which are read more often than they are added to the history. */
    private static final String SHOWN_ELSEWHERE = "AWS/Kinesis";
    /** Its values are what a job shows at the time, whatever they count. */
    private static final String OF_JOBS = "AWS/KinesisAnalytics";

    private static final String LEVEL_IN_THINGS = "KafkaOffsetLag";
    private static final String SUCCESS = ".Success";
    private static final Duration JOB_TELLS_WITHIN = Duration.ofMinutes(3);
    /** A delivery may wait for 15 minutes until its buffer is full. */
    private static final Duration DELIVERY_TELLS_WITHIN = Duration.ofMinutes(20);

    private final MeterRegistry registry;
    private final InstantSource clock;

    OwnMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    static boolean isOwn(Key key) {
        return key.metric().namespace().startsWith(OWN);
    }

    List<Meter> of(Key key, Series series) {
        String namespace = key.metric().namespace();
        if (namespace.equals(SHOWN_ELSEWHERE)) {
            return List.of();
        }
        String name = namespace.replace('/', '.').toLowerCase(Locale.ROOT)
                + "."
                + key.metric().name();
        List<Tag> tags = key.metric().dimensions().stream()
                .map(dimension -> Tag.of(snakeCase(dimension.name()), dimension.value()))
                .toList();
        if (namespace.equals(OF_JOBS)) {
            return List.of(level(name, tags, series, JOB_TELLS_WITHIN));
        }
        if (!isCounted(key)) {
            return List.of(level(name, tags, series, DELIVERY_TELLS_WITHIN));
        }
        Meter sum = FunctionCounter.builder(name, series, Series::totalSum)
                .tags(tags)
                .register(registry);
        return key.metric().name().endsWith(SUCCESS)
                ? List.of(
                        sum,
                        FunctionCounter.builder(name + ".samples", series, Series::totalCount)
                                .tags(tags)
                                .register(registry))
                : List.of(sum);
    }

    private static boolean isCounted(Key key) {
        return (key.unit().equals("Count") || key.unit().equals("Bytes"))
                && !key.metric().name().equals(LEVEL_IN_THINGS);
    }

    private Meter level(String name, List<Tag> tags, Series series, Duration within) {
        return Gauge.builder(name, series, s -> s.lastMaximum(clock.instant().minus(within)))
                .tags(tags)
                .register(registry);
    }

    /** {@code DeliveryStreamName} becomes {@code delivery_stream_name}, as labels of meters are written. */
    static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
