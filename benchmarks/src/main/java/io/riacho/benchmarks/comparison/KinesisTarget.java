package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.Encoding;
import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisClient;
import io.riacho.benchmarks.load.KinesisLoad;
import io.riacho.benchmarks.load.Latencies;
import io.riacho.benchmarks.load.Pace;
import io.riacho.benchmarks.load.Throughput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any Kinesis endpoint. */
final class KinesisTarget implements Target {

    private static final String FILLED = "benchmark-filled";
    private static final String SINGLE = "benchmark-single";
    private static final String WRITTEN = "benchmark-written";
    private static final String FANNED_OUT = "benchmark-fan-out";
    private static final Duration FILL_AT_MOST = Duration.ofSeconds(6);

    /** Twenty consumers read as much as five drains do. */
    private static final int FAN_OUT_PART = 8;

    private final String name;
    private final Endpoint endpoint;
    private final KinesisLoad load;
    private final Set<Encoding> encodings;
    private final int maxShards;
    private final long fillRecords;
    private List<Long> filled = List.of();
    private long fannedOut;

    /**
     * @param encodings what it speaks without fault
     * @param fillRecords how many records the drain reads; fewer where writing them takes long
     */
    KinesisTarget(String name, Endpoint endpoint, Set<Encoding> encodings, int maxShards, long fillRecords) {
        this.name = name;
        this.endpoint = endpoint;
        this.encodings = encodings;
        this.maxShards = maxShards;
        this.fillRecords = fillRecords;
        load = new KinesisLoad(endpoint, encodings.contains(Encoding.CBOR) ? Encoding.CBOR : Encoding.JSON);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supports(Workload workload) {
        return workload != Workload.PUT_MAXIMUM
                && !workload.isFirehose()
                && !workload.isAnalytics()
                && (!workload.isEncrypted() || name.equals(TargetNames.RIACHO))
                && (!workload.isFanOut() || isOurs())
                && workload.shards() <= maxShards
                && (!workload.encodingMatters() || encodings.contains(workload.encoding()));
    }

    @Override
    public void prepare() throws IOException {
        try (KinesisClient client = new KinesisClient(endpoint)) {
            for (String stream : List.of(FILLED, SINGLE, WRITTEN, FANNED_OUT)) {
                if (client.exists(stream)) {
                    client.deleteStream(stream);
                }
            }
            client.createStream(SINGLE, 1);
            client.createStream(FILLED, 4);
            if (isOurs()) {
                client.createStream(FANNED_OUT, 1);
            }
        }
        if (isOurs()) {
            fannedOut = load.fill(FANNED_OUT, fillRecords / FAN_OUT_PART, FILL_AT_MOST);
        }
        long written = load.fill(FILLED, fillRecords, FILL_AT_MOST);
        filled = load.count(FILLED);
        long found = filled.stream().mapToLong(Long::longValue).sum();
        if (found != written) {
            throw new IllegalStateException(name + " acknowledged " + written + " records and gives back " + found);
        }
    }

    @Override
    public Map<Metric, Double> run(Workload workload, Durations durations) throws IOException {
        return switch (workload) {
            case PUT_RECORDS,
                    PUT_RECORDS_ENCRYPTED,
                    PUT_RECORDS_JSON,
                    PUT_RECORDS_4000,
                    PUT_RECORDS_JSON_4000,
                    PUT_RECORD ->
                Map.of(workload.metrics().getFirst(), write(workload, durations).perSecond());
            case PUT_MAXIMUM,
                    FIREHOSE_S3_GZIP,
                    FIREHOSE_S3_PARQUET,
                    FIREHOSE_FRESHNESS,
                    ANALYTICS_STREAM,
                    ANALYTICS_MEMORY,
                    ANALYTICS_RESULT -> throw new IllegalArgumentException(workload.title());
            case DRAIN, DRAIN_JSON ->
                Map.of(
                        workload.metrics().getFirst(),
                        load.drain(FILLED, workload.encoding(), filled, durations.warmUp(), durations.measured())
                                .perSecond());
            case PUT_LATENCY -> {
                Latencies latencies = load.putLatency(SINGLE, durations.warmUp(), durations.measured());
                yield Map.of(Metric.PUT_P50, latencies.milliseconds(0.5), Metric.PUT_P99, latencies.milliseconds(0.99));
            }
            case READ_LATENCY -> {
                Latencies latencies = load.putToReadLatency(
                        SINGLE,
                        durations.warmUpPuts(),
                        durations.measuredPuts(),
                        Pace.pausing(durations.pauseBetweenPuts()));
                yield Map.of(
                        Metric.READ_P50, latencies.milliseconds(0.5), Metric.READ_P99, latencies.milliseconds(0.99));
            }
            case SUBSCRIBE_LATENCY -> {
                Pace pace = Pace.of(Workload.RECORDS_PER_SECOND);
                int warmUp = durations.warmUpAtAHundred();
                int measured = durations.measuredAtAHundred();
                Latencies pushed = load.putToSubscriberLatency(SINGLE, warmUp, measured, pace);
                Latencies polled = load.putToReadLatency(SINGLE, warmUp, measured, pace);
                yield Map.of(
                        Metric.PUSH_P50,
                        pushed.milliseconds(0.5),
                        Metric.PUSH_P99,
                        pushed.milliseconds(0.99),
                        Metric.POLL_P50,
                        polled.milliseconds(0.5),
                        Metric.POLL_P99,
                        polled.milliseconds(0.99));
            }
            case FAN_OUT_20 ->
                Map.of(
                        Metric.FAN_OUT,
                        load.fanOut(FANNED_OUT, Workload.CONSUMERS, fannedOut).perSecond());
        };
    }

    private boolean isOurs() {
        return name.equals(TargetNames.RIACHO) || name.equals(TargetNames.STREAMS_SERVICE);
    }

    private Throughput write(Workload workload, Durations durations) throws IOException {
        try (KinesisClient client = new KinesisClient(endpoint)) {
            client.createStream(WRITTEN, workload.shards());
            try {
                if (workload.isEncrypted()) {
                    client.encrypt(WRITTEN);
                }
                return workload == Workload.PUT_RECORD
                        ? load.putRecord(
                                WRITTEN, Workload.PUT_RECORD_IN_FLIGHT, durations.warmUp(), durations.measured())
                        : load.putRecords(
                                WRITTEN,
                                workload.encoding(),
                                Workload.PUT_RECORDS_IN_FLIGHT,
                                durations.warmUp(),
                                durations.measured());
            } finally {
                client.deleteStream(WRITTEN);
            }
        }
    }

    @Override
    public void close() {}
}
