package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.JournalLine.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;

/** Whoever reads an application's output since before it ran, sees what it writes: boto3, and KCL 3. */
final class AnalyticsReadersTest {

    private static final int RECORDS = 1_000;
    private static final String SHARD = "shardId-000000000000";
    private static final String CODE = """
            CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (told VARCHAR(40));
            CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
              SELECT STREAM CAST(COUNT(*) AS VARCHAR(10)) || ' of ' || event_key FROM "SOURCE_SQL_STREAM_001"
              GROUP BY event_key, STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '1' SECOND);
            """;

    @RegisterExtension
    static final TestServer SERVER = TestServer.withoutLimits();

    private final List<Record> read = new ArrayList<>();

    @Test
    void readersThatWereThereBeforeSeeWhatAnApplicationWrites() {
        Boto3Test.assumeInstalled();
        try (TestStreams streams = new TestStreams(SERVER.target());
                TestApplications applications = new TestApplications(SERVER.target());
                KinesisClient client = JavaClients.urlConnection(SERVER.target());
                KinesisClient boto3 = Boto3Test.connected(SERVER.target())) {
            String input = streams.create(2);
            String output = streams.create(1);
            try (ConsumerWorker kcl = ConsumerWorker.started(
                    ConsumerProgram.kcl3Polling(),
                    SERVER.target(),
                    output,
                    output,
                    Path.of("target", "workers", "analytics").toAbsolutePath(),
                    "reader")) {
                String[] iterator = {
                    boto3.getShardIterator(request -> request.streamName(output)
                                    .shardId(SHARD)
                                    .shardIteratorType(ShardIteratorType.LATEST))
                            .shardIterator()
                };
                Pause.until("KCL holds the shard", Duration.ofMinutes(2), () -> {
                    kcl.assertAlive();
                    return kcl.journal().held().contains(SHARD);
                });
                String application = applications.create(
                        CODE,
                        streams.arn(input),
                        TestApplications.ROLE,
                        to -> to.kinesisStreamsOutput(stream -> stream.resourceARN(streams.arn(output)))
                                .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.CSV)));

                WrittenRecords written = compute(applications, application, client, input);

                Pause.until("boto3 has read of all records", () -> {
                    GetRecordsResponse answer = boto3.getRecords(request -> request.shardIterator(iterator[0]));
                    read.addAll(answer.records());
                    iterator[0] = answer.nextShardIterator();
                    return amounts().values().stream()
                                    .mapToLong(amount -> amount)
                                    .sum()
                            >= written.count();
                });
                assertThat(amounts())
                        .isEqualTo(
                                written.ofKeys().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, key ->
                                        (long) key.getValue().size())));
                Pause.until("KCL has processed as much", () -> processed(kcl).size() >= read.size());
                assertThat(processed(kcl))
                        .isEqualTo(read.stream()
                                .map(record -> record.sequenceNumber() + " " + number(record))
                                .collect(Collectors.toSet()));
            }
        }
    }

    private static WrittenRecords compute(
            TestApplications applications, String application, KinesisClient client, String input) {
        try (KinesisClient impatient = JavaClients.urlConnection(SERVER.target().withoutRetries());
                NumberedWriter writer = NumberedWriter.started(impatient, input)) {
            applications.startFromTrimHorizon(application);
            applications.awaitRunning(application);
            writer.awaitMore(RECORDS);
            writer.stop();
        }
        return WrittenRecords.read(client, input);
    }

    private Map<String, Long> amounts() {
        return read.stream()
                .map(record -> record.data().asUtf8String().strip().split(" of ", -1))
                .collect(Collectors.groupingBy(
                        told -> told[1], Collectors.summingLong(told -> Long.parseLong(told[0]))));
    }

    private static int number(Record record) {
        String text = record.data().asUtf8String();
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    private static Set<String> processed(ConsumerWorker kcl) {
        return kcl.journal().lines().stream()
                .filter(line -> line.is(Event.RECORD))
                .map(line -> line.sequenceNumber() + " " + line.number())
                .collect(Collectors.toSet());
    }
}
