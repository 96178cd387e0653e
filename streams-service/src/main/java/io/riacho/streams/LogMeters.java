package io.riacho.streams;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The log's own meters, a fixed number of them whatever the number of streams and shards. */
final class LogMeters implements MeterBinder {

    private static final String PREFIX = "riacho.log.";
    private static final String BYTES = "bytes";

    private final EmbeddedShardLog shardLog;
    private final Path folder;

    LogMeters(EmbeddedShardLog shardLog, Path folder) {
        this.shardLog = shardLog;
        this.folder = folder;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionTimer.builder(
                        PREFIX + "force",
                        shardLog,
                        log -> log.statistics().forces().count(),
                        log -> log.statistics().forces().nanos(),
                        TimeUnit.NANOSECONDS)
                .description("Forces of the journal to the disk, one for each group of appends")
                .register(registry);
        TimeGauge.builder(
                        PREFIX + "force.longest",
                        shardLog,
                        TimeUnit.NANOSECONDS,
                        log -> log.statistics().forces().longestNanos())
                .description("The longest force of the journal since the start")
                .register(registry);
        counter(registry, "commits", "Groups of appends that were made durable together", null, LogStatistics::commits);
        counter(registry, "appended.records", "Records that were appended", null, LogStatistics::appendedRecords);
        counter(registry, "appended", "What was written to the journal", BYTES, LogStatistics::appendedBytes);
        gauge(registry, "damaged.places", "Damage found on the disk", null, LogStatistics::damagedPlaces);
        gauge(registry, "journal", "What the journal holds", BYTES, LogStatistics::journalBytes);
        gauge(registry, "shards", "Shards with records, or that had some", null, LogStatistics::shards);
        gauge(registry, "segments", "Segments of all shards", null, LogStatistics::segments);
        gauge(registry, "size", "What the records of all shards take", BYTES, LogStatistics::segmentBytes);
        gauge(
                registry,
                "writable",
                "1 where records can be stored",
                null,
                statistics -> statistics.isWritable() ? 1 : 0);
        Gauge.builder(PREFIX + "disk.free", folder, LogMeters::free)
                .description("Room on the log's disk")
                .baseUnit(BYTES)
                .register(registry);
        Gauge.builder(PREFIX + "disk.total", folder, LogMeters::total)
                .description("Size of the log's disk")
                .baseUnit(BYTES)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<LogStatistics> value) {
        FunctionCounter.builder(PREFIX + name, shardLog, log -> value.applyAsDouble(log.statistics()))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<LogStatistics> value) {
        Gauge.builder(PREFIX + name, shardLog, log -> value.applyAsDouble(log.statistics()))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private static double free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double total(Path folder) {
        try {
            return Files.getFileStore(folder).getTotalSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
