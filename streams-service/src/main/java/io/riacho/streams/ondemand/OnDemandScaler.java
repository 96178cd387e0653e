package io.riacho.streams.ondemand;

import io.riacho.streams.ondemand.OnDemandRules.Load;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamLifecycle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Looks at what the shards of on-demand streams took since it last looked, and splits and merges them by the
 * {@link OnDemandRules}. Not thread-safe: it is run by one schedule.
 */
public final class OnDemandScaler implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(OnDemandScaler.class);
    private static final double MILLIS = 1000.0;

    private final StreamCatalog catalog;
    private final StreamLifecycle lifecycle;
    private final PeakStore peaks;
    private final InstantSource clock;
    private Map<Long, Sample> samples = new HashMap<>();
    private @Nullable Instant sampledAt;

    public OnDemandScaler(StreamCatalog catalog, StreamLifecycle lifecycle, PeakStore peaks, InstantSource clock) {
        this.catalog = catalog;
        this.lifecycle = lifecycle;
        this.peaks = peaks;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Instant before = sampledAt;
        double seconds = before == null ? 0 : (now.toEpochMilli() - before.toEpochMilli()) / MILLIS;
        Map<Long, Sample> newSamples = new HashMap<>();
        for (Stream stream : catalog.all()) {
            if (!stream.isOnDemand() || !stream.isServing()) {
                continue;
            }
            Map<Integer, Load> loads = new HashMap<>();
            for (Shard shard : stream.shards().open()) {
                Sample sample = new Sample(
                        shard.traffic().incomingBytes(), shard.traffic().incomingRecords());
                newSamples.put(shard.number(), sample);
                Sample old = samples.get(shard.number());
                if (old != null && seconds > 0 && sample.isAfter(old)) {
                    loads.put(shard.index(), sample.since(old, seconds));
                }
            }
            try {
                scale(stream, loads, now);
            } catch (RuntimeException e) {
                log.warn("On-demand stream {} could not be scaled; trying again later", stream.name(), e);
            }
        }
        peaks.keepOnly(id -> catalog.find(id).isPresent());
        samples = newSamples;
        sampledAt = now;
    }

    private void scale(Stream stream, Map<Integer, Load> loads, Instant now) {
        double bytesPerSecond =
                loads.values().stream().mapToDouble(Load::bytesPerSecond).sum();
        double peak = peaks.record(stream.id(), now, bytesPerSecond);
        if (stream.status() != StreamStatus.ACTIVE) {
            return;
        }
        Integer warm = stream.warmThroughputMiBps();
        int least = OnDemandRules.leastShards(peak, warm == null ? 0 : warm);
        List<Reshape> changes = OnDemandRules.changes(stream.shards().open(), loads, least);
        if (!changes.isEmpty()) {
            log.info("On-demand stream {} changes its shards: {}", stream.name(), Reshape.toText(changes));
            lifecycle.update(
                    stream,
                    current -> current.status() == StreamStatus.ACTIVE && current.shards() == stream.shards()
                            ? current.changed().pending(changes).done()
                            : current);
        }
    }

    private record Sample(long bytes, long records) {

        /** Not where the stream was read again from the database, and its shards count from zero. */
        boolean isAfter(Sample old) {
            return bytes >= old.bytes && records >= old.records;
        }

        Load since(Sample old, double seconds) {
            return new Load((bytes - old.bytes) / seconds, (records - old.records) / seconds);
        }
    }
}
