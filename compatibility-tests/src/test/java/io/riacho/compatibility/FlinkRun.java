package io.riacho.compatibility;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;

/**
 * A job's eventful day, on a server of its own, while records come in at a steady pace: it reads a stream of four shards, of which one
 * is split; the job is interrupted, and goes on from its state; two shards are merged; it may be interrupted again, and goes on to the
 * end.
 */
final class FlinkRun implements AutoCloseable {

    private static final int SHARDS = 4;
    private static final int RECORDS_A_SECOND = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    enum Interruption {
        /** {@code kill -9}; the job goes on from its latest checkpoint. */
        KILL,
        /** It is stopped with a savepoint, and goes on from that. */
        STOP
    }

    private final String mode;
    private final ServerProcess server;
    private final Path folder;
    private final TestStreams streams;
    private final KinesisAsyncClient client;
    private final String stream;
    private final List<FlinkJob> jobs = new ArrayList<>();
    private StoredStream stored = new StoredStream(Map.of(), Map.of());
    private List<Consumer> consumersOfTheFirst = List.of();
    private List<Consumer> consumersOfTheLast = List.of();

    private FlinkRun(String name, String mode) {
        this.mode = mode;
        this.server = ServerProcess.started(name);
        this.folder = server.folder().resolve("jobs");
        this.streams = new TestStreams(server.target());
        this.client = JavaClients.async(server.target());
        this.stream = streams.create(SHARDS);
    }

    /** The day is over, the job has stopped. */
    static FlinkRun finished(String name, String mode, int records, List<Interruption> interruptions) {
        FlinkRun run = new FlinkRun(name, mode);
        try {
            run.through(records, interruptions);
            return run;
        } catch (RuntimeException | AssertionError e) {
            run.jobs.forEach(job -> e.addSuppressed(new AssertionError("The end of a job's log:\n" + job.endOfLog())));
            run.close();
            throw e;
        }
    }

    StoredStream stored() {
        return stored;
    }

    /** What was counted each time that the job ran. */
    List<List<CountedRecord>> counted() {
        return jobs.stream().map(FlinkJob::counted).toList();
    }

    /** Those that were registered for the stream while the job ran for the first time. */
    List<Consumer> consumersOfTheFirst() {
        return consumersOfTheFirst;
    }

    /** Those that were registered while it ran for the last time. */
    List<Consumer> consumersOfTheLast() {
        return consumersOfTheLast;
    }

    /** Those that are left. */
    List<Consumer> consumers() {
        return client.listStreamConsumers(request -> request.streamARN(streams.arn(stream)))
                .join()
                .consumers();
    }

    @Override
    public void close() {
        jobs.forEach(FlinkJob::close);
        client.close();
        streams.close();
        server.close();
    }

    private void through(int records, List<Interruption> interruptions) {
        try (OrderedWriters writers = OrderedWriters.steady(client, stream, RECORDS_A_SECOND)) {
            FlinkJob job = start(null);
            awaitRecordOf(job, "shardId-000000000003");
            consumersOfTheFirst = consumers();
            split();
            awaitRecordOf(job, "shardId-000000000004");
            boolean isMerged = false;
            for (Interruption interruption : interruptions) {
                String state = interrupt(job, interruption);
                writers.awaitMore(records / 10);
                job = start(state);
                awaitRecordOf(job, "shardId-000000000005");
                if (!isMerged) {
                    merge();
                    awaitRecordOf(job, "shardId-000000000006");
                    isMerged = true;
                }
            }
            writers.awaitMore(Math.max(records / 10, records - writers.count()));
            writers.stop();
            finish(job);
        }
    }

    private void finish(FlinkJob last) {
        try (KinesisClient reader = JavaClients.urlConnection(server.target())) {
            stored = StoredStream.read(reader, stream);
        }
        await("all records are counted", () -> {
            last.assertAlive();
            return positions() >= stored.count();
        });
        consumersOfTheLast = consumers();
        last.stop();
    }

    /** Returns the state from which the job can go on. */
    private static String interrupt(FlinkJob job, Interruption interruption) {
        return switch (interruption) {
            case KILL -> {
                await("there is a checkpoint", job::hasCheckpoint);
                yield job.kill();
            }
            case STOP -> job.stop();
        };
    }

    private FlinkJob start(@Nullable String state) {
        String name = "job-" + jobs.size();
        FlinkJob job = FlinkJob.started(name, mode, server.target(), stream, folder, state);
        jobs.add(job);
        return job;
    }

    private void awaitRecordOf(FlinkJob job, String shardId) {
        await("a record of " + shardId + " is counted", () -> {
            job.assertAlive();
            return job.counted().stream().anyMatch(record -> record.shardId().equals(shardId));
        });
    }

    private void split() {
        client.splitShard(request -> request.streamName(stream)
                        .shardToSplit("shardId-000000000000")
                        .newStartingHashKey(BigInteger.TWO
                                .pow(128)
                                .divide(BigInteger.valueOf(2 * SHARDS))
                                .toString()))
                .join();
        streams.awaitActive(stream);
    }

    private void merge() {
        client.mergeShards(request -> request.streamName(stream)
                        .shardToMerge("shardId-000000000001")
                        .adjacentShardToMerge("shardId-000000000002"))
                .join();
        streams.awaitActive(stream);
    }

    private long positions() {
        return counted().stream()
                .flatMap(List::stream)
                .map(CountedRecord::position)
                .distinct()
                .count();
    }

    private static void await(String what, BooleanSupplier condition) {
        Pause.until(what, PATIENCE, condition);
    }
}
