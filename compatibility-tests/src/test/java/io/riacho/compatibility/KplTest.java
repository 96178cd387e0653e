package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The Kinesis Producer Library - over TLS, aggregating, with its metrics - on a server as it is delivered, and what comes out of the
 * stream again: by the Kinesis Client Library, and by GetRecords with the module with which Riacho's own readers de-aggregate.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
final class KplTest {

    private static final int SHARDS = 4;
    private static final int RECORDS = 20_000;
    private static final String NAMESPACE = "KinesisProducerLibrary";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private ServerProcess server;
    private KinesisClient client;
    private CloudWatchClient cloudWatch;
    private String stream;
    private KplProducer distrustful;
    private List<String> journal;

    @BeforeAll
    void produce() {
        TestServer.assumeThatServersCanBeStarted();
        assumeTrue(
                System.getProperty("os.name").matches("Linux|Mac.*"),
                "KPL's native part is for Linux and macOS only: skipped");
        server = opened(ServerProcess.started("kpl"));
        client = opened(JavaClients.urlConnection(server.target()));
        cloudWatch = opened(CloudWatchClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .applyMutation(builder -> JavaClients.configure(builder, server.target()))
                .build());
        stream = opened(new TestStreams(server.target())).create(SHARDS);
        Target secure = server.secureTarget();
        Path folder = server.folder().resolve("producers");
        distrustful = opened(KplProducer.started("distrustful", secure.over(secure.url(), null), stream, 1, folder));
        journal = opened(KplProducer.started("producer", secure, stream, RECORDS, folder))
                .awaitJournal();
    }

    @AfterAll
    void stop() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void everyUserRecordIsAcknowledged() {
        assertThat(ProducedRecord.failed(journal)).isEmpty();
        assertThat(produced()).hasSize(RECORDS);
    }

    @Test
    void explicitHashKeysDecideOnTheShard() {
        Map<String, HashKeyRange> ranges = client.listShards(request -> request.streamName(stream)).shards().stream()
                .collect(Collectors.toMap(Shard::shardId, Shard::hashKeyRange));
        assertThat(produced().stream()
                        .filter(record -> record.explicitHashKey() != null)
                        .toList())
                .hasSize(RECORDS / 4)
                .allSatisfy(record -> assertThat(new BigInteger(String.valueOf(record.explicitHashKey())))
                        .as("%s", record)
                        .isBetween(
                                new BigInteger(requireNonNull(ranges.get(record.shardId()))
                                        .startingHashKey()),
                                new BigInteger(requireNonNull(ranges.get(record.shardId()))
                                        .endingHashKey())));
    }

    @Test
    void theLibraryAggregates() {
        assertThat(storedRecords()).isLessThan(RECORDS / 20);
    }

    @Test
    void kclReadsEveryUserRecordOnceInTheOrderOfItsKey() {
        try (ConsumerWorker worker = ConsumerWorker.started(
                ConsumerProgram.kcl3Polling(),
                server.target(),
                stream,
                "reader-of-kpl",
                server.folder().resolve("workers"),
                "reader")) {
            Pause.until("KCL has read " + RECORDS + " records", PATIENCE, () -> {
                worker.assertAlive();
                return worker.journal().lines().stream()
                                .filter(line -> line.is(JournalLine.Event.RECORD))
                                .count()
                        >= RECORDS;
            });
            assertThat(ProductionCheck.faults(
                            produced(), ConsumedRecord.of(worker.journal().lines())))
                    .isEmpty();
        }
    }

    @Test
    void ourReadersReadEveryUserRecordOnceInTheOrderOfItsKey() {
        List<ConsumedRecord> consumed = ConsumedRecord.read(client, stream);
        assertThat(ProductionCheck.faults(produced(), consumed)).isEmpty();
        assertThat(consumed.stream().filter(record -> record.explicitHashKey() != null))
                .as("an aggregated record keeps the explicit hash keys")
                .hasSizeGreaterThan(RECORDS / 10);
    }

    @Test
    void theLibrarysMetricsCanBeListed() {
        Pause.until("KPL's metrics arrive", PATIENCE, () -> sum("UserRecordsReceived") >= RECORDS);
        assertThat(cloudWatch.listMetricsPaginator(request -> request.namespace(NAMESPACE)).metrics().stream()
                        .map(Metric::metricName))
                .contains(
                        "AllErrors",
                        "BufferingTime",
                        "KinesisRecordsDataPut",
                        "KinesisRecordsPut",
                        "RequestTime",
                        "RetriesPerRecord",
                        "UserRecordsDataPut",
                        "UserRecordsPending",
                        "UserRecordsPerKinesisRecord",
                        "UserRecordsPut",
                        "UserRecordsReceived");
    }

    @Test
    void theLibrarysMetricsCountWhatItWrote() {
        Pause.until("KPL's metrics arrive", PATIENCE, () -> sum("UserRecordsPut") >= RECORDS);
        assertThat(sum("UserRecordsReceived")).isEqualTo(RECORDS);
        assertThat(sum("UserRecordsPut")).isEqualTo(RECORDS);
        assertThat(sum("KinesisRecordsPut")).isEqualTo(storedRecords());
        assertThat(sum("AllErrors")).isZero();
    }

    /** The library gives up when a record's time is over, half a minute after it was given to it. */
    @Test
    void theLibraryDoesNotTalkToAServerThatItDoesNotTrust() {
        List<String> lines = distrustful.awaitJournal();
        assertThat(ProducedRecord.acknowledged(lines)).isEmpty();
        assertThat(ProducedRecord.failed(lines)).hasSize(1);
        assertThat(distrustful.endOfLog()).containsIgnoringCase("certificate");
    }

    private List<ProducedRecord> produced() {
        return ProducedRecord.acknowledged(journal);
    }

    private long storedRecords() {
        return client.listShards(request -> request.streamName(stream)).shards().stream()
                .mapToLong(shard -> StoredStream.readToTheTip(client, stream, shard.shardId())
                        .size())
                .sum();
    }

    private double sum(String metric) {
        Instant now = Instant.now();
        return cloudWatch
                .getMetricStatistics(request -> request.namespace(NAMESPACE)
                        .metricName(metric)
                        .dimensions(dimension -> dimension.name("StreamName").value(stream))
                        .startTime(now.minus(Duration.ofMinutes(30)))
                        .endTime(now.plus(Duration.ofMinutes(2)))
                        .period(60)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .mapToDouble(Datapoint::sum)
                .sum();
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }
}
