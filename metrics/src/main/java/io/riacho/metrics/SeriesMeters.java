package io.riacho.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.riacho.metrics.history.MetricHistory.Key;
import io.riacho.metrics.history.Series;
import io.riacho.metrics.history.SeriesWatcher;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Shows what applications put to whoever reads the meters. Names and dimensions are values of tags, because applications
 * choose them: as names of meters they could collide with each other and with the server's own.
 */
final class SeriesMeters implements SeriesWatcher {

    private static final String OWN = "AWS/";

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Key, List<Meter>> meters = new ConcurrentHashMap<>();

    SeriesMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void added(Key key, Series series) {
        if (key.metric().namespace().startsWith(OWN)) {
            return;
        }
        String dimensions = key.metric().dimensions().stream()
                .map(dimension -> dimension.name() + "=" + dimension.value())
                .collect(Collectors.joining(","));
        Tags tags = Tags.of(
                "namespace", key.metric().namespace(),
                "metric", key.metric().name(),
                "dimensions", dimensions,
                "unit", key.unit());
        meters.put(
                key,
                List.of(
                        FunctionCounter.builder("cloudwatch.samples", series, Series::totalCount)
                                .description("How many values were put with PutMetricData")
                                .tags(tags)
                                .register(registry),
                        Gauge.builder("cloudwatch.sum", series, Series::totalSum)
                                .description("The sum of the values that were put with PutMetricData")
                                .tags(tags)
                                .register(registry),
                        Gauge.builder("cloudwatch.maximum", series, Series::lastMaximum)
                                .description("The largest value of the last minute that was put with PutMetricData")
                                .tags(tags)
                                .register(registry)));
    }

    @Override
    public void removed(Key key) {
        List<Meter> gone = meters.remove(key);
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }
}
