package io.riacho.streams.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Samples;
import io.riacho.metrics.history.Tally;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardTraffic;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.traffic.ConsumerMeasure;
import io.riacho.streams.traffic.Measure;
import io.riacho.streams.traffic.ShardMeasure;
import io.riacho.streams.traffic.StreamMeasure;
import io.riacho.streams.traffic.StreamTraffic;
import io.riacho.streams.traffic.Tallies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** One stream's meters and metrics, with those of its shards and consumers. Used by one thread. */
final class MonitoredStream {

    private static final String NAMESPACE = "AWS/Kinesis";

    private final String name;
    private final StreamTraffic traffic;
    private final MeterRegistry registry;
    private final Counted stream;
    private final Map<String, Counted> consumers = new HashMap<>();
    private final Map<ShardTraffic, Counted> shards = new HashMap<>();
    private Set<String> shardLevelMetrics = Set.of();

    MonitoredStream(Stream monitored, MeterRegistry registry) {
        this.name = monitored.name();
        this.traffic = monitored.traffic();
        this.registry = registry;
        this.stream = new Counted(Tags.of("stream_name", name), List.of(new Dimension("StreamName", name)));
        for (StreamMeasure measure : StreamMeasure.values()) {
            stream.add(measure, traffic.of(measure));
        }
    }

    /** Whether it counts what this moment of the stream does. */
    boolean isOf(Stream moment) {
        return moment.traffic() == traffic;
    }

    /** @param consumerNames those that are registered now */
    void follow(Stream moment, Set<String> consumerNames) {
        traffic.consumers().keySet().retainAll(consumerNames);
        retain(consumers, traffic.consumers()::containsKey);
        traffic.consumers()
                .forEach((consumer, tallies) -> consumers.computeIfAbsent(consumer, _ -> consumer(consumer, tallies)));
        if (!moment.shardLevelMetrics().equals(shardLevelMetrics)) {
            unwatch(_ -> true);
            shardLevelMetrics = moment.shardLevelMetrics();
        }
        if (!shardLevelMetrics.isEmpty()) {
            Set<ShardTraffic> present = new HashSet<>();
            for (Shard shard : moment.shards().all()) {
                present.add(shard.traffic());
                shards.computeIfAbsent(shard.traffic(), _ -> shard(shard));
            }
            unwatch(known -> !present.contains(known));
        }
    }

    void take(MetricHistory history, Instant now) {
        stream.take(history, now);
        consumers.values().forEach(consumer -> consumer.take(history, now));
        shards.values().forEach(shard -> shard.take(history, now));
    }

    void close() {
        stream.remove();
        retain(consumers, _ -> false);
        unwatch(_ -> true);
    }

    private void unwatch(Predicate<ShardTraffic> which) {
        retain(shards, shard -> {
            boolean ends = which.test(shard);
            if (ends) {
                shard.unwatch();
            }
            return !ends;
        });
    }

    private static <K> void retain(Map<K, Counted> all, Predicate<K> which) {
        all.entrySet().removeIf(entry -> {
            boolean goes = !which.test(entry.getKey());
            if (goes) {
                entry.getValue().remove();
            }
            return goes;
        });
    }

    private Counted consumer(String consumer, Tallies<ConsumerMeasure> tallies) {
        Counted counted = new Counted(
                Tags.of("stream_name", name, "consumer_name", consumer),
                List.of(new Dimension("StreamName", name), new Dimension("ConsumerName", consumer)));
        for (ConsumerMeasure measure : ConsumerMeasure.values()) {
            counted.add(measure, tallies.of(measure));
        }
        return counted;
    }

    private Counted shard(Shard shard) {
        Counted counted = new Counted(
                Tags.of("stream_name", name, "shard_id", shard.id()),
                List.of(new Dimension("StreamName", name), new Dimension("ShardId", shard.id())));
        Tallies<ShardMeasure> tallies = shard.traffic().watch();
        for (ShardMeasure measure : ShardMeasure.values()) {
            if (shardLevelMetrics.contains(measure.metric())) {
                counted.add(measure, tallies.of(measure));
            }
        }
        return counted;
    }

    /** Something of which several things are counted. */
    private final class Counted {

        private final KinesisMeters meters;
        private final List<Dimension> dimensions;
        private final List<Source> sources = new ArrayList<>();

        Counted(Tags tags, List<Dimension> dimensions) {
            this.meters = new KinesisMeters(registry, tags);
            this.dimensions = dimensions;
        }

        void add(Measure measure, Tally tally) {
            meters.add(measure, tally);
            Metric metric = new Metric(NAMESPACE, measure.metric(), dimensions);
            sources.add(new Source(new MetricHistory.Key(metric, measure.kind().unit()), measure.kind(), tally));
        }

        void take(MetricHistory history, Instant now) {
            for (Source source : sources) {
                Tally.Taken taken = source.tally.take();
                if (taken != null) {
                    Measure.Kind kind = source.kind;
                    Samples samples = Samples.ofSet(
                            taken.count(),
                            kind.inUnit(taken.sum()),
                            kind.inUnit(taken.least()),
                            kind.inUnit(taken.most()));
                    history.addOwn(source.key, samples, now);
                }
            }
        }

        void remove() {
            meters.remove();
        }
    }

    private record Source(MetricHistory.Key key, Measure.Kind kind, Tally tally) {}
}
