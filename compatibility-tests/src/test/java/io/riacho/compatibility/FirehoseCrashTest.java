package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceIndexRotationPeriod;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The server is killed (SIGKILL) at random moments while it delivers a Kinesis stream to buckets, to OpenSearch and to PostgreSQL, by turns
 * alone and with its database, and started again. The stream is resharded meanwhile. The tests look at what has been delivered in the end.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
final class FirehoseCrashTest {

    private static final int ROUNDS = Boolean.getBoolean("riacho.slow") ? 30 : 2;
    private static final int FEWEST_RECORDS = 300;
    private static final int MOST_RECORDS = 2_500;
    private static final Duration DELIVERED = Duration.ofMinutes(3);
    private static final String INDEX = "events";
    private static final String DOMAIN = "arn:aws:es:" + Target.REGION + ":" + Target.ACCOUNT + ":domain/events";

    private final Random random = new Random();
    private final Map<String, List<Numbered>> deliveries = new LinkedHashMap<>();
    private final Map<String, List<Numbered>> objects = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private Set<Numbered> acknowledged = Set.of();
    private int sent;
    private @Nullable ServerProcess server;
    private @Nullable TestWarehouse warehouse;
    private @Nullable TestSearchNode search;

    @BeforeAll
    void killDuringDeliveryAndRestart() throws IOException, SQLException {
        TestServer.assumeThatServersCanBeStarted();
        TestWarehouse table = TestWarehouse.started();
        warehouse = table;
        TestSearchNode node = TestSearchNode.started("firehose-crash-search");
        search = node;
        ServerProcess started = ServerProcess.started(
                "firehose-crash",
                "--riacho.streams.limits.enabled=false",
                "--riacho.firehose.opensearch.domains.[" + DOMAIN + "].url=" + node.url());
        server = started;
        Instant begin = Instant.now();
        try (TestStreams streams = new TestStreams(started.target());
                TestDeliveryStreams deliveryStreams = new TestDeliveryStreams(started.target());
                TestBucket bucket = TestBucket.created(started.s3Target());
                KinesisClient client =
                        JavaClients.urlConnection(started.target().withoutRetries())) {
            String stream = streams.create(2);
            deliverTo(bucket, table, deliveryStreams, streams.arn(stream));
            try (NumberedWriter writer = NumberedWriter.started(client, stream)) {
                for (int round = 0; round < ROUNDS; round++) {
                    if (round == 1) {
                        client.splitShard(request -> request.streamName(stream)
                                .shardToSplit("shardId-000000000000")
                                .newStartingHashKey("1000000000000000000000000000000000"));
                    }
                    writer.awaitMore(random.nextInt(FEWEST_RECORDS, MOST_RECORDS));
                    if (round % 2 == 0) {
                        started.kill();
                    } else {
                        started.killWithDatabase();
                    }
                    started.start();
                }
                writer.awaitMore(FEWEST_RECORDS);
                acknowledged = writer.stop();
                sent = writer.sent();
            }
            awaitDelivered("bucket", () -> numbered(bucket, "plain/"));
            awaitDelivered("bucket without buffers", () -> numbered(bucket, "eager/"));
            awaitDelivered("backup", () -> numbered(bucket, "backup/"));
            awaitDelivered("warehouse", table::rows);
            awaitDelivered("search", () -> numbered(node.documents(INDEX)));
            System.out.printf(
                    "%d kills within %s; of %d records that were sent %d were acknowledged%n",
                    ROUNDS, Duration.between(begin, Instant.now()), sent, acknowledged.size());
            Stream.of("plain/", "eager/", "backup/")
                    .map(bucket::objectsOfLines)
                    .forEach(lines -> lines.forEach((key, each) -> objects.put(key, numbered(each))));
            errors.addAll(bucket.keys("errors/"));
        }
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (search != null) {
            search.close();
        }
        if (warehouse != null) {
            warehouse.close();
        }
    }

    @Test
    void everyAcknowledgedRecordIsDelivered() {
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * FEWEST_RECORDS);
        deliveries.forEach((name, delivered) ->
                assertThat(new HashSet<>(delivered)).as(name).containsAll(acknowledged));
    }

    @Test
    void noRecordIsDeliveredTwice() {
        Map<String, List<Numbered>> twice = new TreeMap<>();
        deliveries.forEach((name, delivered) -> twice.put(name, twice(delivered)));
        assertThat(twice)
                .hasSize(5)
                .allSatisfy((name, records) -> assertThat(records).as(name).isEmpty());
    }

    @Test
    void nothingIsDeliveredThatWasNotSent() {
        deliveries.forEach((name, delivered) -> assertThat(delivered)
                .as(name)
                .allSatisfy(record -> assertThat(record.number()).isLessThan(sent)));
    }

    @Test
    void theRecordsOfAKeyAreInOrderWithinEachObject() {
        assertThat(objects).hasSizeGreaterThan(3 * ROUNDS);
        objects.forEach((key, records) -> {
            Map<String, Integer> last = new LinkedHashMap<>();
            records.forEach(record -> {
                Integer before = last.put(record.key(), record.number());
                assertThat(before == null || before < record.number())
                        .as("%s: %s comes behind %s", key, record, before)
                        .isTrue();
            });
        });
    }

    @Test
    void nothingFailed() {
        assertThat(errors).isEmpty();
    }

    private static void deliverTo(
            TestBucket bucket, TestWarehouse table, TestDeliveryStreams deliveryStreams, String streamArn) {
        deliveryStreams.toBucket(
                streamArn,
                bucket,
                configuration -> configuration
                        .prefix("plain/")
                        .errorOutputPrefix("errors/")
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1))
                        .compressionFormat(CompressionFormat.GZIP));
        // What is delivered is far ahead of what is backed up, and so of the checkpoint.
        deliveryStreams.toBucket(
                streamArn,
                bucket,
                configuration -> configuration
                        .prefix("eager/")
                        .errorOutputPrefix("errors/")
                        .s3BackupMode(S3BackupMode.ENABLED)
                        .s3BackupConfiguration(backup -> backup.roleARN(TestDeliveryStreams.ROLE)
                                .bucketARN(bucket.arn())
                                .prefix("backup/")
                                .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(3))));
        deliveryStreams.create(request -> TestDeliveryStreams.fromStream(request, streamArn)
                .redshiftDestinationConfiguration(table.destination(bucket.arn())));
        deliveryStreams.create(request -> TestDeliveryStreams.fromStream(request, streamArn)
                .amazonopensearchserviceDestinationConfiguration(domain -> domain.roleARN(TestDeliveryStreams.ROLE)
                        .domainARN(DOMAIN)
                        .indexName(INDEX)
                        .indexRotationPeriod(AmazonopensearchserviceIndexRotationPeriod.NO_ROTATION)
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1))
                        .s3Configuration(s3 -> s3.roleARN(TestDeliveryStreams.ROLE)
                                .bucketARN(bucket.arn())
                                .errorOutputPrefix("errors/"))));
    }

    private void awaitDelivered(String name, Supplier<List<Numbered>> delivered) {
        List<Numbered> now = new ArrayList<>();
        long deadline = System.nanoTime() + DELIVERED.toNanos();
        do {
            Pause.milliseconds(200);
            now.clear();
            now.addAll(delivered.get());
        } while (!new HashSet<>(now).containsAll(acknowledged) && System.nanoTime() < deadline);
        deliveries.put(name, List.copyOf(now));
    }

    private static List<Numbered> numbered(TestBucket bucket, String prefix) {
        return numbered(bucket.lines(prefix));
    }

    private static List<Numbered> numbered(List<String> lines) {
        return lines.stream().map(Numbered::of).toList();
    }

    private static List<Numbered> twice(List<Numbered> records) {
        Set<Numbered> seen = new HashSet<>();
        return records.stream().filter(record -> !seen.add(record)).toList();
    }
}
