package io.riacho.compatibility;

import io.riacho.compatibility.JournalLine.Event;
import io.riacho.compatibility.LeaseTable.Lease;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * An application's eventful day, on a server of its own, while records come in at a steady pace: two workers share eight shards, one
 * shard is split, two are merged, one worker is killed and a third comes to help, the server is killed with its database and started
 * again, and the stream is scaled down to half.
 */
final class KclRun implements AutoCloseable {

    private static final int SHARDS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ConsumerProgram program;
    private final ServerProcess server;
    private final Path folder;
    private final TestStreams streams;
    private final KinesisAsyncClient client;
    private final String stream;
    private final String application;
    private final List<ConsumerWorker> workers = new ArrayList<>();
    private final Set<ConsumerWorker> killed = new HashSet<>();
    private final Map<String, Set<String>> shared = new LinkedHashMap<>();
    private final Set<String> orphaned = new TreeSet<>();
    private long timeOfKill = Long.MAX_VALUE;
    private StoredStream stored = new StoredStream(Map.of(), Map.of());
    private List<Lease> leases = List.of();

    private KclRun(String name, ConsumerProgram program) {
        this.program = program;
        this.server = ServerProcess.started(name);
        this.folder = server.folder().resolve("workers");
        this.streams = new TestStreams(server.target());
        this.client = JavaClients.async(server.target());
        this.stream = streams.create(SHARDS);
        this.application = "application-" + name;
    }

    /** The day is over, its workers still work, and nobody writes any more. */
    static KclRun finished(String name, ConsumerProgram program, int records, int recordsASecond) {
        KclRun run = new KclRun(name, program);
        try {
            run.through(records, recordsASecond);
            return run;
        } catch (RuntimeException | AssertionError e) {
            run.workers.forEach(worker -> e.addSuppressed(
                    new AssertionError("The end of " + worker.name() + "'s log:\n" + worker.endOfLog())));
            run.close();
            throw e;
        }
    }

    /** The shards that each of the two workers held before anything else happened. */
    Map<String, Set<String>> shared() {
        return shared;
    }

    /** The shards that the killed worker held. */
    Set<String> orphaned() {
        return orphaned;
    }

    /** The shards that the other worker began with after the kill. */
    Set<String> inherited() {
        return workers.get(1).journal().lines().stream()
                .filter(line -> line.is(Event.TAKEN) && line.nanoTime() > timeOfKill)
                .map(JournalLine::shardId)
                .collect(Collectors.toSet());
    }

    StoredStream stored() {
        return stored;
    }

    /** As they were when all was processed. */
    List<Lease> leases() {
        return leases;
    }

    Set<String> namesOfLiveWorkers() {
        return workers.stream()
                .filter(worker -> !killed.contains(worker))
                .map(ConsumerWorker::name)
                .collect(Collectors.toSet());
    }

    /** Of all workers, those of each one in its order. */
    List<JournalLine> journal() {
        return workers.stream()
                .flatMap(worker -> worker.journal().lines().stream())
                .toList();
    }

    /** The names of the metrics that arrived from the application, since the server was started again. */
    Set<String> metrics() {
        try (CloudWatchClient cloudWatch = CloudWatchClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .applyMutation(builder -> JavaClients.configure(builder, server.target()))
                .build()) {
            return cloudWatch.listMetricsPaginator(request -> request.namespace(application)).metrics().stream()
                    .map(Metric::metricName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Override
    public void close() {
        // Nobody needs the leases any more that a worker would take its time to hand back.
        workers.forEach(ConsumerWorker::kill);
        client.close();
        server.close();
    }

    private void through(int records, int recordsASecond) {
        ConsumerWorker first = start("first");
        // KCL 3's workers cannot all be the first: the one that comes second to set the application up gives up.
        await("the application is set up", () -> {
            first.assertAlive();
            return !first.journal().held().isEmpty();
        });
        // KCL 3's leader divides shards by the load that they bring, so there has to be one.
        try (OrderedWriters writers = OrderedWriters.steady(client, stream, recordsASecond)) {
            ConsumerWorker second = start("second");
            share(first, second);
            writers.awaitMore(records / 10);
            split();
            writers.awaitMore(records / 10);
            merge();
            writers.awaitMore(records / 10);
            kill(first, second);
            start("third");
            writers.awaitMore(records / 10);
            server.killWithDatabase();
            server.start();
            writers.awaitMore(records / 10);
            scale();
            writers.awaitMore(Math.max(records / 10, records - writers.count()));
            writers.stop();
        }
        try (KinesisClient reader = JavaClients.urlConnection(server.target())) {
            stored = StoredStream.read(reader, stream);
        }
        awaitAllRecords();
        awaitLeases();
    }

    private void share(ConsumerWorker first, ConsumerWorker second) {
        await("two workers share the shards", () -> {
            first.assertAlive();
            second.assertAlive();
            Set<String> held = new HashSet<>(first.journal().held());
            held.addAll(second.journal().held());
            return held.size() == SHARDS
                    && first.journal().held().size() >= 2
                    && second.journal().held().size() >= 2;
        });
        shared.put(first.name(), first.journal().held());
        shared.put(second.name(), second.journal().held());
    }

    private ConsumerWorker start(String name) {
        ConsumerWorker worker = ConsumerWorker.started(program, server.target(), stream, application, folder, name);
        workers.add(worker);
        return worker;
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
                        .shardToMerge("shardId-000000000005")
                        .adjacentShardToMerge("shardId-000000000006"))
                .join();
        streams.awaitActive(stream);
    }

    private void kill(ConsumerWorker victim, ConsumerWorker heir) {
        timeOfKill = System.nanoTime();
        victim.kill();
        killed.add(victim);
        orphaned.addAll(victim.journal().held());
        await("the other worker takes over " + orphaned, () -> {
            heir.assertAlive();
            return inherited().containsAll(orphaned);
        });
    }

    private void scale() {
        client.updateShardCount(request -> request.streamName(stream)
                        .targetShardCount(SHARDS / 2)
                        .scalingType(ScalingType.UNIFORM_SCALING))
                .join();
        streams.awaitActive(stream);
    }

    private void awaitAllRecords() {
        try {
            await("all records are processed", () -> processed() >= stored.count());
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + ":\n" + String.join("\n", ConsumptionCheck.faults(stored, journal())), e);
        }
    }

    private long processed() {
        return journal().stream()
                .filter(line -> line.is(Event.RECORD))
                .map(line -> line.shardId() + " " + line.sequenceNumber())
                .distinct()
                .count();
    }

    /** A shard's end, and what follows from it, is stored a little after its last record was processed. */
    private void awaitLeases() {
        Set<String> open = streams.shards(stream).stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .map(Shard::shardId)
                .collect(Collectors.toSet());
        Set<String> alive = namesOfLiveWorkers();
        try (LeaseTable table = new LeaseTable(server.target(), application)) {
            await("live workers hold the leases of " + open, () -> {
                leases = table.leases();
                Set<String> held = leases.stream()
                        .filter(lease -> !lease.isAtShardEnd() && alive.contains(String.valueOf(lease.owner())))
                        .map(Lease::shardId)
                        .collect(Collectors.toSet());
                return held.equals(open)
                        && leases.stream().allMatch(lease -> lease.isAtShardEnd() || open.contains(lease.shardId()));
            });
        }
    }

    private void await(String what, BooleanSupplier condition) {
        Pause.until(what, PATIENCE, condition);
    }
}
