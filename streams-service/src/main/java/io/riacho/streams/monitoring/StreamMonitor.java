package io.riacho.streams.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes what streams have counted over into the history of metrics, and keeps a meter for everything that is counted: of
 * each stream and each consumer, and of those shards for which EnableEnhancedMonitoring asks. All of it is done by one
 * thread; what counts does not know of it.
 */
public final class StreamMonitor implements Runnable {

    private final StreamCatalog catalog;
    private final ConsumerNames consumers;
    private final MetricHistory history;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<Long, MonitoredStream> streams = new HashMap<>();

    /** @param thread by which changes are followed; the same that runs this */
    public StreamMonitor(
            StreamCatalog catalog,
            ConsumerNames consumers,
            MetricHistory history,
            MeterRegistry registry,
            InstantSource clock,
            Executor thread) {
        this.catalog = catalog;
        this.consumers = consumers;
        this.history = history;
        this.registry = registry;
        this.clock = clock;
        AtomicBoolean asked = new AtomicBoolean(true);
        catalog.onChange(_ -> {
            if (asked.compareAndSet(false, true)) {
                thread.execute(() -> {
                    asked.set(false);
                    follow();
                });
            }
        });
        thread.execute(() -> {
            asked.set(false);
            follow();
        });
    }

    /** Takes over what was counted since this was called last. */
    @Override
    public void run() {
        follow();
        Instant now = clock.instant();
        streams.values().forEach(stream -> stream.take(history, now));
    }

    /** Streams that are gone lose their meters first, because new ones may have their names. */
    private void follow() {
        Map<Long, Stream> now = new HashMap<>();
        catalog.all().forEach(stream -> now.put(stream.id(), stream));
        streams.entrySet().removeIf(entry -> {
            Stream stream = now.get(entry.getKey());
            boolean gone = stream == null || !entry.getValue().isOf(stream);
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        now.forEach((id, stream) -> streams.computeIfAbsent(id, _ -> new MonitoredStream(stream, registry))
                .follow(stream, consumers.of(stream)));
    }

    /** Which consumers a stream has. */
    @FunctionalInterface
    public interface ConsumerNames {

        Set<String> of(Stream stream);
    }
}
