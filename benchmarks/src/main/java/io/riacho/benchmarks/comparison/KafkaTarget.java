package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.KinesisLoad;
import io.riacho.benchmarks.load.KinesisRequests.Entry;
import io.riacho.benchmarks.load.Pace;
import io.riacho.benchmarks.load.Records;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka broker, with topics that are forced to disk at each write, or left to the operating system. */
final class KafkaTarget implements Target {

    private static final int DISTINCT_RECORDS = 16_000;
    private static final int FAN_OUT_PART = 8;
    /** Deleted data leaves at once, so that it is not written out while the next load is measured. */
    private static final Map<String, String> UNFORCED = Map.of("file.delete.delay.ms", "0");

    private static final Map<String, String> FORCED = Map.of("file.delete.delay.ms", "0", "flush.messages", "1");

    private final String name;
    private final String bootstrapServers;
    private final boolean forced;
    private final long fillRecords;
    private final Admin admin;
    private int topics;
    private final List<Entry> entries = new Records().next(DISTINCT_RECORDS);

    KafkaTarget(String name, String bootstrapServers, boolean forced, long fillRecords) {
        this.name = name;
        this.bootstrapServers = bootstrapServers;
        this.forced = forced;
        this.fillRecords = fillRecords;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supports(Workload workload) {
        return switch (workload) {
            case PUT_RECORDS, PUT_MAXIMUM, PUT_RECORD, PUT_LATENCY, READ_LATENCY, SUBSCRIBE_LATENCY -> true;
            // How data was written does not matter to its reader.
            case DRAIN, FAN_OUT_20 -> !forced;
            case PUT_RECORDS_ENCRYPTED,
                    PUT_RECORDS_JSON,
                    PUT_RECORDS_4000,
                    PUT_RECORDS_JSON_4000,
                    DRAIN_JSON,
                    FIREHOSE_S3_GZIP,
                    FIREHOSE_S3_PARQUET,
                    FIREHOSE_FRESHNESS,
                    ANALYTICS_STREAM,
                    ANALYTICS_MEMORY,
                    ANALYTICS_RESULT -> false;
        };
    }

    @Override
    public void prepare() throws Exception {
        createTopic(topic("filled"), 4);
        createTopic(topic("single"), 1);
        if (!forced) {
            try (KafkaWrites writes = KafkaWrites.inBatches(bootstrapServers, topic("filled"), entries)) {
                writes.primed(topic("filled"), 4).send(fillRecords - 4);
            }
            createTopic(topic("fan-out"), 1);
            try (KafkaWrites writes = KafkaWrites.inAnyBatches(bootstrapServers, topic("fan-out"), entries)) {
                writes.primed(topic("fan-out"), 1).send(fillRecords / FAN_OUT_PART - 1);
            }
        }
    }

    @Override
    public Map<Metric, Double> run(Workload workload, Durations durations) throws Exception {
        return switch (workload) {
            case PUT_RECORDS, PUT_MAXIMUM, PUT_RECORD ->
                Map.of(workload.metrics().getFirst(), write(workload, durations));
            case DRAIN ->
                Map.of(
                        Metric.DRAIN_CBOR,
                        new KafkaReads(bootstrapServers, topic("filled"), fillRecords)
                                .drain(durations)
                                .perSecond());
            case PUT_LATENCY -> {
                try (KafkaWrites writes = KafkaWrites.oneByOne(bootstrapServers, topic("single"), entries)) {
                    var latencies = writes.latency(durations);
                    yield Map.of(
                            Metric.PUT_P50, latencies.milliseconds(0.5), Metric.PUT_P99, latencies.milliseconds(0.99));
                }
            }
            case READ_LATENCY -> {
                var latencies = new KafkaLatencyProbe(bootstrapServers, topic("single"))
                        .toReader(
                                durations.warmUpPuts(),
                                durations.measuredPuts(),
                                Pace.pausing(durations.pauseBetweenPuts()));
                yield Map.of(
                        Metric.READ_P50, latencies.milliseconds(0.5), Metric.READ_P99, latencies.milliseconds(0.99));
            }
            case SUBSCRIBE_LATENCY -> {
                var latencies = new KafkaLatencyProbe(bootstrapServers, topic("single"))
                        .toReader(
                                durations.warmUpAtAHundred(),
                                durations.measuredAtAHundred(),
                                Pace.of(Workload.RECORDS_PER_SECOND));
                yield Map.of(
                        Metric.PUSH_P50, latencies.milliseconds(0.5), Metric.PUSH_P99, latencies.milliseconds(0.99));
            }
            case FAN_OUT_20 ->
                Map.of(
                        Metric.FAN_OUT,
                        new KafkaFanOut(bootstrapServers, topic("fan-out"), fillRecords / FAN_OUT_PART)
                                .run(Workload.CONSUMERS)
                                .perSecond());
            case PUT_RECORDS_ENCRYPTED,
                    PUT_RECORDS_JSON,
                    PUT_RECORDS_4000,
                    PUT_RECORDS_JSON_4000,
                    DRAIN_JSON,
                    FIREHOSE_S3_GZIP,
                    FIREHOSE_S3_PARQUET,
                    FIREHOSE_FRESHNESS,
                    ANALYTICS_STREAM,
                    ANALYTICS_MEMORY,
                    ANALYTICS_RESULT -> throw new IllegalArgumentException(workload.title());
        };
    }

    private double write(Workload workload, Durations durations) throws Exception {
        String topic = topic("written-" + ++topics);
        createTopic(topic, workload.shards());
        try (KafkaWrites writes = switch (workload) {
            case PUT_RECORDS -> KafkaWrites.inBatches(bootstrapServers, topic, entries);
            case PUT_MAXIMUM -> KafkaWrites.inAnyBatches(bootstrapServers, topic, entries);
            default -> KafkaWrites.oneByOne(bootstrapServers, topic, entries);
        }) {
            int inFlight = switch (workload) {
                case PUT_RECORDS -> Workload.PUT_RECORDS_IN_FLIGHT * KinesisLoad.BATCH;
                case PUT_MAXIMUM -> Integer.MAX_VALUE;
                default -> Workload.PUT_RECORD_IN_FLIGHT;
            };
            return writes.primed(topic, workload.shards())
                    .flow(inFlight, durations)
                    .perSecond();
        } finally {
            deleteTopic(topic);
        }
    }

    private void createTopic(String topic, int partitions) throws Exception {
        NewTopic created = new NewTopic(topic, partitions, (short) 1).configs(forced ? FORCED : UNFORCED);
        admin.createTopics(List.of(created)).all().get();
        while (!hasLeaders(topic)) {
            Thread.sleep(20);
        }
    }

    private boolean hasLeaders(String topic) throws Exception {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private void deleteTopic(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        Thread.sleep(1_000);
    }

    private String topic(String use) {
        return use + (forced ? "-forced" : "-unforced");
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    static byte[] key(Entry entry) {
        return entry.partitionKey().getBytes(StandardCharsets.US_ASCII);
    }
}
