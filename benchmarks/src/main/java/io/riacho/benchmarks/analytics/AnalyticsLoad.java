package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.Encoding;
import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisClient;
import io.riacho.benchmarks.load.KinesisLoad;
import io.riacho.benchmarks.load.KinesisRequests;
import io.riacho.benchmarks.load.Latencies;
import io.riacho.benchmarks.load.Request;
import io.riacho.benchmarks.load.Throughput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalytics.model.InputStartingPosition;

/** The loads that can be put on Analytics. Not thread-safe. */
public final class AnalyticsLoad implements AutoCloseable {

    public static final int SHARDS = 16;

    private static final int DISTINCT_BATCHES = 32;
    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(3);
    private static final long POLL_MILLISECONDS = 100;

    private final Endpoint server;
    private final Path repository;
    private final List<String> jvmOptions;
    private final Path folder;
    private final Applications applications;
    private final ResultProbe results;
    private @Nullable InMemoryJobs inMemory;
    private @Nullable String filled;

    /**
     * @param repository where Riacho was started from
     * @param jvmOptions of Riacho, for the process of the job from memory
     * @param folder for what that process leaves
     */
    public AnalyticsLoad(Endpoint server, Path repository, List<String> jvmOptions, Path folder) {
        this.server = server;
        this.repository = repository;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.folder = folder;
        this.applications = new Applications(server);
        this.results = new ResultProbe(server, applications);
    }

    /** To be called once for a server, before the loads. */
    public void prepare() {
        applications.prepare();
    }

    /**
     * An application reads a stream that is full from its beginning: JSON to a tumbling window to another stream.
     *
     * @param records a multiple of {@link KinesisLoad#BATCH}, the same in each call
     */
    public Throughput fromStream(long records) throws IOException {
        String input = filled == null ? fill(records) : filled;
        filled = input;
        return counted(records, (name, output) -> {
            applications.start(name, input, output, InputStartingPosition.TRIM_HORIZON);
            return () -> applications.delete(name);
        });
    }

    /** The same job, whose records are in its own memory instead of a stream. */
    public Throughput fromMemory(long records) throws IOException {
        InMemoryJobs jobs = inMemory == null ? InMemoryJobs.start(repository, server, jvmOptions, folder) : inMemory;
        inMemory = jobs;
        return counted(records, (name, output) -> {
            jobs.run(output, records);
            return () -> {};
        });
    }

    /**
     * From a window's end to the moment when a reader of the output has its row.
     *
     * @param warmUp records that are put before, at {@link ResultProbe#RECORDS_PER_SECOND}
     * @param measured records that are put then
     */
    public Latencies windowEndToResult(int warmUp, int measured) throws IOException {
        return results.measure(warmUp, measured);
    }

    @Override
    public void close() {
        if (inMemory != null) {
            inMemory.close();
        }
        applications.close();
    }

    private Throughput counted(long records, Job job) throws IOException {
        String name = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
        try (KinesisClient kinesis = new KinesisClient(server)) {
            kinesis.createStream(name, 1);
            try {
                Runnable end = job.start(name, name);
                try {
                    Counts counts = new Counts();
                    new Rows(applications.kinesis(), name)
                            .read(counts::add, () -> counts.total() >= records, POLL_MILLISECONDS, COUNTED_WITHIN);
                    if (counts.total() != records) {
                        throw new IllegalStateException(
                                "Of " + records + " records " + counts.total() + " were counted");
                    }
                    return counts.throughput();
                } finally {
                    end.run();
                }
            } finally {
                kinesis.deleteStream(name);
            }
        }
    }

    private String fill(long records) throws IOException {
        String stream = "benchmark-ticks";
        try (KinesisClient kinesis = new KinesisClient(server)) {
            kinesis.createStream(stream, SHARDS);
        }
        KinesisRequests requests = new KinesisRequests(server, Encoding.CBOR);
        Ticks ticks = new Ticks();
        List<Request> distinct = new ArrayList<>();
        for (int i = 0; i < DISTINCT_BATCHES; i++) {
            distinct.add(requests.putRecords(stream, ticks.entries(KinesisLoad.BATCH)));
        }
        List<Request> all = new ArrayList<>();
        for (int i = 0; i < records / KinesisLoad.BATCH; i++) {
            all.add(distinct.get(i % DISTINCT_BATCHES));
        }
        new KinesisLoad(server, Encoding.CBOR).putEach(all);
        return stream;
    }

    private interface Job {

        /** Starts what writes to the output; what is given back ends it. */
        Runnable start(String name, String output) throws IOException;
    }
}
