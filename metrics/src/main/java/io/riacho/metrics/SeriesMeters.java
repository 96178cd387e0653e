package io.riacho.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.riacho.metrics.history.MetricHistory.Key;
import io.riacho.metrics.history.Series;
import io.riacho.metrics.history.SeriesWatcher;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Shows the history's metrics to whoever reads the meters. For what applications put, names and dimensions are values of
 * tags, because applications choose them: as names of meters they could collide with each other and with the server's own.
 * What a service measured itself is {@link OwnMeters}' matter.
 */
final class SeriesMeters implements SeriesWatcher {

    private final MeterRegistry registry;
    private final OwnMeters own;
    private final ConcurrentHashMap<Key, List<Meter>> meters = new ConcurrentHashMap<>();

    SeriesMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.own = new OwnMeters(registry, clock);
    }

    @Override
    public void added(Key key, Series series) {
        meters.put(key, OwnMeters.isOwn(key) ? own.of(key, series) : ofApplication(key, series));
    }

    private List<Meter> ofApplication(Key key, Series series) {
        String dimensions = key.metric().dimensions().stream()
                .map(dimension -> dimension.name() + "=" + dimension.value())
                .collect(Collectors.joining(","));
        Tags tags = Tags.of(
                "namespace", key.metric().namespace(),
                "metric", key.metric().name(),
                "dimensions", dimensions,
                "unit", key.unit());
        return List.of(
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
                        .register(registry));
    }

    @Override
    public void removed(Key key) {
        List<Meter> gone = meters.remove(key);
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }
}
