package io.riacho.streams.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.riacho.metrics.history.Tally;
import io.riacho.streams.traffic.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The meters of one stream, shard or consumer, under CloudWatch's names. What is a number of things or bytes is a counter,
 * what is a latency a timer, and what is an age the greatest of the last interval. Used by one thread.
 */
final class KinesisMeters {

    private static final String PREFIX = "aws.kinesis.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    KinesisMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    void add(Measure measure, Tally tally) {
        String name = PREFIX + measure.metric();
        meters.add(
                switch (measure.kind()) {
                    case COUNT, BYTES ->
                        FunctionCounter.builder(name, tally, Tally::sum)
                                .tags(tags)
                                .register(registry);
                    case LATENCY ->
                        FunctionTimer.builder(name, tally, Tally::count, Tally::sum, TimeUnit.NANOSECONDS)
                                .tags(tags)
                                .register(registry);
                    case MILLISECONDS ->
                        Gauge.builder(name, tally, Tally::lastMost).tags(tags).register(registry);
                });
    }

    void remove() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
