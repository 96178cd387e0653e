package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.firehose.model.HttpEndpointS3BackupMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A destination is away for long, within its retry duration, while several times as much is written to the Kinesis stream as Firehose may
 * hold, and more than fits into the heap in the long version. Then it is back.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirehoseOutageTest {

    private static final boolean LONG = Boolean.getBoolean("riacho.slow");
    private static final Duration OUTAGE = LONG ? Duration.ofMinutes(2) : Duration.ZERO;
    private static final int RECORDS = LONG ? 10_000 : 3_000;
    private static final int RECORDS_OF_A_CALL = 100;
    private static final int RECORD_BYTES = 20_000;
    private static final int ATTEMPTS_AT_A_TIME = 3;
    private static final Duration DELIVERED = Duration.ofMinutes(LONG ? 10 : 3);
    private static final String URL = "https://outage.example/";

    private @Nullable ServerProcess server;
    private @Nullable TestHttpEndpoint endpoint;
    private List<Integer> delivered = List.of();
    private List<String> errors = List.of();
    private String reason = "";

    @BeforeAll
    void deliverAfterAnOutage() {
        TestServer.assumeThatServersCanBeStarted();
        TestHttpEndpoint away = TestHttpEndpoint.closed();
        endpoint = away;
        ServerProcess started = ServerProcess.started(
                "firehose-outage",
                "-Xmx256m",
                "--riacho.streams.limits.enabled=false",
                "--riacho.firehose.memory=16MB",
                "--riacho.firehose.attempts-at-a-time=" + ATTEMPTS_AT_A_TIME,
                "--riacho.firehose.endpoints.[" + URL + "]=" + away.url());
        server = started;
        try (TestStreams streams = new TestStreams(started.target());
                TestDeliveryStreams deliveryStreams = new TestDeliveryStreams(started.target());
                TestBucket bucket = TestBucket.created(started.s3Target());
                KinesisClient client = JavaClients.urlConnection(started.target())) {
            String stream = streams.create(8);
            String deliveryStream = deliverTo(bucket, deliveryStreams, streams.arn(stream));
            Instant begin = Instant.now();
            for (int first = 0; first < RECORDS; first += RECORDS_OF_A_CALL) {
                put(client, stream, first);
            }
            Pause.until("the delivery stream says why it stands still", Duration.ofMinutes(2), () -> {
                var failure = deliveryStreams.describe(deliveryStream).failureDescription();
                reason = failure == null ? "" : failure.details();
                return failure != null;
            });
            Pause.until(
                    "the outage is over",
                    OUTAGE.plusMinutes(1),
                    () -> Instant.now().isAfter(begin.plus(OUTAGE)));
            assertThat(away.records()).isEmpty();
            int refused = away.refused();
            Instant end = Instant.now();
            away.open();
            Pause.until("all is delivered", DELIVERED, () -> away.records().size() >= RECORDS);
            System.out.printf(
                    "%d records of %d bytes within an outage of %s, in which %d requests were refused; delivered within %s,"
                            + " %d requests at a time at the most%n",
                    RECORDS,
                    RECORD_BYTES,
                    Duration.between(begin, end),
                    refused,
                    Duration.between(end, Instant.now()),
                    away.mostUnderWay());
            delivered = away.records().stream()
                    .map(FirehoseOutageTest::number)
                    .sorted()
                    .toList();
            errors = bucket.keys("");
        }
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Test
    void everyRecordIsDelivered() {
        assertThat(delivered).isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
        assertThat(errors).isEmpty();
    }

    @Test
    void theDestinationIsNotFlooded() {
        TestHttpEndpoint back = requireNonNull(endpoint);
        assertThat(back.mostUnderWay()).isLessThanOrEqualTo(ATTEMPTS_AT_A_TIME);
        assertThat(back.largest()).isLessThan((1 << 20) + RECORD_BYTES);
    }

    @Test
    void theDeliveryStreamSaysWhyItStandsStill() {
        assertThat(reason).contains("503");
    }

    private static String deliverTo(TestBucket bucket, TestDeliveryStreams deliveryStreams, String streamArn) {
        return deliveryStreams.create(request -> TestDeliveryStreams.fromStream(request, streamArn)
                .httpEndpointDestinationConfiguration(http -> http.roleARN(TestDeliveryStreams.ROLE)
                        .endpointConfiguration(configuration -> configuration.url(URL))
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1))
                        .retryOptions(retry -> retry.durationInSeconds(7_200))
                        .s3BackupMode(HttpEndpointS3BackupMode.FAILED_DATA_ONLY)
                        .s3Configuration(
                                s3 -> s3.roleARN(TestDeliveryStreams.ROLE).bucketARN(bucket.arn()))));
    }

    private static void put(KinesisClient client, String stream, int first) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int number = first; number < first + RECORDS_OF_A_CALL; number++) {
            String text = number + " ";
            entries.add(TestStreams.entry("key-" + number, text + "x".repeat(RECORD_BYTES - text.length())));
        }
        assertThat(client.putRecords(request -> request.streamName(stream).records(entries))
                        .failedRecordCount())
                .isZero();
    }

    private static int number(byte[] record) {
        String text = new String(record, StandardCharsets.UTF_8);
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }
}
