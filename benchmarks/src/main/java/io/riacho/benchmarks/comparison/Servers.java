package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.analytics.AnalyticsLoad;
import io.riacho.benchmarks.firehose.Arrivals;
import io.riacho.benchmarks.firehose.FirehoseLoad;
import io.riacho.benchmarks.load.Encoding;
import io.riacho.benchmarks.peers.KafkaBroker;
import io.riacho.benchmarks.peers.KinesisServer;
import io.riacho.benchmarks.peers.NpmPackages;
import io.riacho.benchmarks.peers.PostgresServer;
import io.riacho.benchmarks.peers.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers of one run. All are up for the whole of it, and idle while they are not the one that is measured. */
final class Servers implements AutoCloseable {

    private static final int EVERY_SHARD_COUNT = Integer.MAX_VALUE;
    private static final int FEW_SHARDS = 4;
    /** More than the emulators can write in the time that filling may take. */
    private static final int EMULATOR_FILL = 50_000;

    private static final int STARTS = 3;
    /** What {@code ./riacho} gives Java, for processes that stand beside it. */
    private static final List<String> RIACHO_JVM = List.of(
            "-XX:+UseParallelGC",
            "-Xms64m",
            "-XX:MaxRAMPercentage=25",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40");

    private final Options options;
    private final Results results;
    private final Path data;
    private final PrintStream progress;
    private final List<Server> servers = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<Arrivals> closedLast = new ArrayList<>();

    Servers(Options options, Results results, Path data, PrintStream progress) {
        this.options = options;
        this.results = results;
        this.data = data;
        this.progress = progress;
    }

    void measureStarts() {
        StartUp startUp = new StartUp(results);
        unlessMissing(
                TargetNames.RIACHO,
                "riacho",
                () -> startUp.measure(TargetNames.RIACHO, this::riacho, data.resolve("start-riacho"), STARTS));
        unlessMissing(TargetNames.STREAMS_SERVICE, "riacho", () -> {
            try (PostgresServer postgres = PostgresServer.start()) {
                startUp.measure(
                        TargetNames.STREAMS_SERVICE,
                        folder -> streamsService(postgres, folder),
                        data.resolve("start-streams"),
                        STARTS);
            }
        });
        unlessMissing(
                TargetNames.KAFKA,
                "kafka",
                () -> startUp.measure(
                        TargetNames.KAFKA_UNFORCED,
                        folder -> new KafkaBroker(kafkaClassPath(), folder),
                        data.resolve("start-kafka"),
                        STARTS));
    }

    List<Target> start() {
        unlessMissing(TargetNames.RIACHO, "riacho", () -> {
            Arrivals endpoint = Arrivals.started();
            closedLast.add(endpoint);
            KinesisServer riacho = riacho(data.resolve("riacho"), endpoint);
            servers.add(riacho);
            targets.add(new KinesisTarget(
                    TargetNames.RIACHO,
                    riacho.endpoint(),
                    Set.of(Encoding.CBOR, Encoding.JSON),
                    EVERY_SHARD_COUNT,
                    options.fillRecords()));
            targets.add(new FirehoseTarget(
                    new FirehoseLoad(riacho.endpoint(), riacho.bucketStore(), endpoint), options.deliveredRecords()));
            targets.add(new AnalyticsTarget(
                    new AnalyticsLoad(
                            riacho.endpoint(),
                            options.repository(),
                            options.riachoJvm().isEmpty() ? RIACHO_JVM : options.riachoJvm(),
                            data.resolve("analytics-from-memory")),
                    options.analysedRecords()));
            if (Arrays.stream(Workload.values()).anyMatch(load -> load.isAnalytics() && options.runs(load))) {
                results.note("Analytics", AnalyticsTarget.HOW_IT_IS_MEASURED);
            }
            if (Arrays.stream(Workload.values()).anyMatch(load -> load.isFirehose() && options.runs(load))) {
                results.note("Firehose", FirehoseTarget.HOW_IT_IS_MEASURED);
            }
        });
        unlessMissing(TargetNames.KAFKA, "kafka", () -> {
            KafkaBroker kafka = new KafkaBroker(kafkaClassPath(), data.resolve("kafka"));
            results.note(
                    TargetNames.KAFKA,
                    "one broker for both columns, whose topics have flush.messages=1 or not; 500 records of one"
                            + " partition in a request, 4 requests in flight, acks=all; its starts and memory are in"
                            + " the unforced column");
            servers.add(kafka);
            targets.add(
                    new KafkaTarget(TargetNames.KAFKA_FORCED, kafka.bootstrapServers(), true, options.fillRecords()));
            targets.add(new KafkaTarget(
                    TargetNames.KAFKA_UNFORCED, kafka.bootstrapServers(), false, options.fillRecords()));
        });
        unlessMissing(TargetNames.KINESALITE, "kinesalite", () -> {
            KinesisServer server = KinesisServer.kinesalite(npmPackages(), data.resolve("kinesalite"));
            servers.add(server);
            targets.add(new KinesisTarget(
                    TargetNames.KINESALITE, server.endpoint(), Set.of(Encoding.JSON), FEW_SHARDS, EMULATOR_FILL));
            results.note(
                    TargetNames.KINESALITE,
                    "in memory, no signature checked; JSON only, since it cuts CBOR answers at 16 KiB");
        });
        unlessMissing(TargetNames.KINESIS_LOCAL, "kinesis-local", () -> {
            KinesisServer server = KinesisServer.kinesisLocal(npmPackages(), data.resolve("kinesis-local"));
            servers.add(server);
            targets.add(new KinesisTarget(
                    TargetNames.KINESIS_LOCAL, server.endpoint(), Set.of(Encoding.JSON), FEW_SHARDS, EMULATOR_FILL));
            results.note(TargetNames.KINESIS_LOCAL, "in memory, no signature checked");
        });
        return List.copyOf(targets);
    }

    void measureLoadedMemory() throws IOException {
        for (Server server : servers) {
            String target = server instanceof KafkaBroker ? TargetNames.KAFKA_UNFORCED : server.name();
            results.add(Metric.RSS_LOADED, target, 1, server.residentMebibytes());
        }
    }

    @Override
    public void close() throws IOException {
        targets.forEach(Target::close);
        for (Server server : servers) {
            server.close();
        }
        closedLast.forEach(Arrivals::close);
    }

    /** With an endpoint that delivery streams deliver to. */
    private KinesisServer riacho(Path folder, Arrivals endpoint) throws IOException {
        Map<String, String> environment = new HashMap<>(jvmOptions());
        environment.put(
                "SPRING_APPLICATION_JSON",
                "{\"riacho.firehose.endpoints.[" + Arrivals.URL + "]\":\"" + endpoint.realUrl() + "\"}");
        return KinesisServer.riacho(TargetNames.RIACHO, List.of(script()), environment, folder);
    }

    /** By the script that users start it with, which becomes the server's process. */
    private KinesisServer riacho(Path folder) throws IOException {
        return KinesisServer.riacho(TargetNames.RIACHO, List.of(script()), jvmOptions(), folder);
    }

    private KinesisServer streamsService(PostgresServer postgres, Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>(postgres.environment());
        environment.putAll(jvmOptions());
        return KinesisServer.riacho(
                TargetNames.STREAMS_SERVICE, List.of(script(), "streams-service"), environment, folder);
    }

    private String script() {
        return options.repository().resolve("riacho").toString();
    }

    private Map<String, String> jvmOptions() {
        return options.riachoJvm().isEmpty()
                ? Map.of()
                : Map.of("RIACHO_JAVA_OPTS", String.join(" ", options.riachoJvm()));
    }

    private String kafkaClassPath() throws IOException {
        return Files.readString(options.repository().resolve("benchmarks/target/kafka-classpath.txt"))
                .strip();
    }

    private static NpmPackages npmPackages() throws IOException {
        return NpmPackages.installedIn(Path.of(System.getProperty("user.home"), ".cache", "riacho-benchmarks", "npm"));
    }

    private void unlessMissing(String name, String title, Start start) {
        if (!options.runsTarget(title)) {
            return;
        }
        progress.println("Starting " + name);
        try {
            start.run();
        } catch (IOException | RuntimeException e) {
            progress.println(name + " is left out: " + e.getMessage());
            results.note(name, "left out: " + e.getMessage());
        }
    }

    private interface Start {
        void run() throws IOException;
    }
}
