package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.NumberedWriter.Numbered;
import io.riacho.compatibility.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of records on their way to a bucket, in a server of its own that knows a function. What takes long by its nature, buffers of
 * a minute and a bucket that is missing for long, is begun before the tests and looked at by the last ones.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
final class FirehoseDeliveryTest {

    private static final String FUNCTION =
            "arn:aws:lambda:" + Target.REGION + ":" + Target.ACCOUNT + ":function:capitals";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LAST = 1_000_000;

    @TempDir
    private static Path folder;

    private @Nullable ServerProcess server;
    private @Nullable CommandLine cli;
    private TransformingFunction function;
    private TestDeliveryStreams deliveryStreams;
    private TestStreams streams;
    private TestBucket bucket;
    private TestBucket missing;
    private FirehoseClient firehose;
    private String partitioned;
    private String homeless;

    @BeforeAll
    void startAndBeginWhatTakesLong() {
        TestServer.assumeThatServersCanBeStarted();
        function = TransformingFunction.started();
        ServerProcess started = ServerProcess.started(
                "firehose-delivery", "--riacho.firehose.functions.[" + FUNCTION + "]=" + function.url());
        server = started;
        cli = CommandLine.started(started.target());
        deliveryStreams = new TestDeliveryStreams(started.target());
        streams = new TestStreams(started.target());
        firehose = JavaClients.firehose(started.target());
        bucket = TestBucket.created(started.s3Target());
        missing = TestBucket.missing(started.s3Target());
        partitioned = beginPartitioning();
        homeless = deliveryStreams.toBucket(missing, configuration -> configuration.prefix("late/"));
        put(homeless, "first", "second");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            Stream.of(requireNonNull(cli), deliveryStreams, streams, firehose, bucket, missing, server, function)
                    .forEach(each -> {
                        try {
                            each.close();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }

    @Test
    void aStreamIsDeliveredAsGzip() {
        String stream = streams.create(2);
        deliveryStreams.toBucket(
                streams.arn(stream),
                bucket,
                configuration -> configuration
                        .prefix("gzip/")
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1))
                        .compressionFormat(CompressionFormat.GZIP));
        List<String> texts =
                IntStream.range(0, 1_000).mapToObj(number -> "record " + number).toList();
        try (KinesisClient kinesis =
                JavaClients.urlConnection(requireNonNull(server).target())) {
            for (int begin = 0; begin < texts.size(); begin += 500) {
                List<String> batch = texts.subList(begin, begin + 500);
                assertThat(kinesis.putRecords(request -> request.streamName(stream)
                                        .records(batch.stream()
                                                .map(text -> TestStreams.entry(text, text + "\n"))
                                                .toList()))
                                .failedRecordCount())
                        .isZero();
            }
        }
        assertThat(bucket.awaitLines("gzip/", 1_000)).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(bucket.keys("gzip/")).allMatch(key -> key.endsWith(".gz"));
    }

    @Test
    void everyRecordComesOnceAndInOrderWhileTheStreamIsResharded() {
        String stream = streams.create(2);
        deliveryStreams.toBucket(
                streams.arn(stream),
                bucket,
                configuration -> configuration
                        .prefix("resharded/")
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1)));
        Set<Numbered> acknowledged;
        try (KinesisClient kinesis = JavaClients.urlConnection(
                        requireNonNull(server).target().withoutRetries());
                NumberedWriter writer = NumberedWriter.started(kinesis, stream)) {
            writer.awaitMore(300);
            kinesis.splitShard(request -> request.streamName(stream)
                    .shardToSplit("shardId-000000000000")
                    .newStartingHashKey("1000000000000000000000000000000000"));
            streams.awaitActive(stream);
            writer.awaitMore(300);
            List<Shard> open = streams.shards(stream).stream()
                    .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                    .toList();
            kinesis.mergeShards(request -> request.streamName(stream)
                    .shardToMerge(open.get(1).shardId())
                    .adjacentShardToMerge(open.get(2).shardId()));
            streams.awaitActive(stream);
            writer.awaitMore(300);
            acknowledged = writer.stop();
        }
        List<Numbered> delivered = bucket.awaitLines("resharded/", acknowledged.size()).stream()
                .map(Numbered::of)
                .toList();
        assertThat(delivered).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(acknowledged);
        bucket.objectsOfLines("resharded/").forEach((key, lines) -> {
            Map<String, Integer> last = new HashMap<>();
            lines.stream().map(Numbered::of).forEach(record -> {
                Integer before = last.put(record.key(), record.number());
                assertThat(before == null || before < record.number()).as(key).isTrue();
            });
        });
    }

    @Test
    void whatAFunctionMakesOfRecordsIsDeliveredAndTheSourceIsBackedUp() {
        String name = deliveryStreams.toBucket(
                bucket,
                configuration -> configuration
                        .prefix("capitals/")
                        .errorOutputPrefix("failed/!{firehose:error-output-type}/")
                        .processingConfiguration(processing -> processing
                                .enabled(true)
                                .processors(processor(
                                        ProcessorType.LAMBDA,
                                        Map.of(
                                                ProcessorParameterName.LAMBDA_ARN, FUNCTION,
                                                ProcessorParameterName.BUFFER_SIZE_IN_M_BS, "1",
                                                ProcessorParameterName.BUFFER_INTERVAL_IN_SECONDS, "0"))))
                        .s3BackupMode(S3BackupMode.ENABLED)
                        .s3BackupConfiguration(backup -> backup.roleARN(TestDeliveryStreams.ROLE)
                                .bucketARN(bucket.arn())
                                .prefix("sources/")
                                .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(0))));
        put(name, "good", "drop me", "bad", "better");

        assertThat(bucket.awaitLines("sources/", 4)).containsExactlyInAnyOrder("good", "drop me", "bad", "better");
        assertThat(bucket.awaitLines("capitals/", 2)).containsExactlyInAnyOrder("GOOD", "BETTER");
        List<String> failures = bucket.awaitLines("failed/processing-failed/", 1);
        assertThat(failures).hasSize(1);
        JsonNode failure = JSON.readTree(failures.getFirst());
        assertThat(new String(Base64.getDecoder().decode(failure.path("rawData").asString()), StandardCharsets.UTF_8))
                .isEqualTo("bad\n");
        assertThat(failure.path("errorCode").asString()).isEqualTo("Lambda.ProcessingFailedStatus");
        assertThat(failure.path("lambdaARN").asString()).startsWith(FUNCTION);
        assertThat(failure.path("attemptsMade").asInt()).isPositive();
        assertThat(failure.path("arrivalTimestamp").asLong()).isPositive();
    }

    @Test
    void jsonBecomesParquetByATableThatTheCommandLineMade() throws IOException, SQLException {
        CommandLine aws = requireNonNull(cli);
        aws.run("glue", "create-database", "--database-input", "{\"Name\":\"lake\"}");
        aws.run(
                "glue",
                "create-table",
                "--database-name",
                "lake",
                "--table-input",
                "{\"Name\":\"clicks\",\"StorageDescriptor\":{\"Columns\":[{\"Name\":\"user\",\"Type\":\"string\"},"
                        + "{\"Name\":\"times\",\"Type\":\"bigint\"}]}}");
        String name = deliveryStreams.toBucket(
                bucket,
                configuration -> configuration
                        .prefix("parquet/")
                        .errorOutputPrefix("parquet-errors/")
                        .bufferingHints(hints -> hints.sizeInMBs(64).intervalInSeconds(0))
                        .dataFormatConversionConfiguration(conversion -> conversion
                                .enabled(true)
                                .inputFormatConfiguration(input -> input.deserializer(serDe ->
                                        serDe.openXJsonSerDe(openX -> openX.convertDotsInJsonKeysToUnderscores(false))))
                                .outputFormatConfiguration(output -> output.serializer(
                                        serDe -> serDe.parquetSerDe(parquet -> parquet.writerVersion("V1"))))
                                .schemaConfiguration(schema -> schema.roleARN(TestDeliveryStreams.ROLE)
                                        .databaseName("lake")
                                        .tableName("clicks")
                                        .region(Target.REGION)
                                        .versionId("LATEST"))));
        put(name, "{\"user\":\"ana\",\"times\":3}", "{\"user\":\"rui\",\"times\":40000000000}");

        List<String> rows = new ArrayList<>();
        Pause.until("two rows are there", () -> {
            rows.clear();
            bucket.keys("parquet/").forEach(key -> rows.addAll(readByDuckDb(key)));
            return rows.size() >= 2;
        });
        assertThat(rows).containsExactlyInAnyOrder("ana 3", "rui 40000000000");
        assertThat(bucket.keys("parquet/")).allMatch(key -> key.endsWith(".parquet"));
        assertThat(bucket.keys("parquet-errors/")).isEmpty();
    }

    @Test
    void withoutABufferEachRecordIsAnObject() {
        String name = deliveryStreams.toBucket(bucket, configuration -> configuration.prefix("at-once/"));
        for (int number = 1; number <= 3; number++) {
            put(name, "number " + number);
            bucket.awaitLines("at-once/", number);
        }
        assertThat(bucket.objectsOfLines("at-once/").values())
                .containsExactlyInAnyOrder(List.of("number 1"), List.of("number 2"), List.of("number 3"));
    }

    @Test
    void whatIsDeliveredIsCountedForWhoPutIt() {
        String name = deliveryStreams.toBucket(bucket, configuration -> configuration.prefix("counted/"));
        put(name, "one", "two", "three");
        bucket.awaitLines("counted/", 3);

        try (RawClient rest = new RawClient(requireNonNull(server).target())) {
            Pause.until("the records are counted", () -> {
                Answer used = rest.rest(
                        "GET",
                        "/v1/usage?granularity=month&meter=firehose.billed-bytes-in&resource=" + name,
                        "kinesis",
                        "");
                return used.status() == 200
                        && used.at("/rows/0/amount").asLong() == 3 * 5 * 1024
                        && used.at("/rows/0/principal").asString().equals("arn:aws:iam::" + Target.ACCOUNT + ":root");
            });
            Answer streams = rest.rest("GET", "/v1/usage?group=resource&kind=stream", "kinesis", "");
            assertThat(streams.toString()).doesNotContain("riacho.firehose");
        }
    }

    @Test
    void theCommandLinePutsReadsAndSeesMetrics() throws IOException, InterruptedException {
        CommandLine aws = requireNonNull(cli);
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        String name = deliveryStreams.toBucket(bucket, configuration -> configuration.prefix("by-cli/"));
        aws.run("firehose", "put-record", "--delivery-stream-name", name, "--record", "{\"Data\":\"aGVsbG8K\"}");
        bucket.awaitLines("by-cli/", 1);
        String key = bucket.keys("by-cli/").getFirst();
        assertThat(output("aws", "s3", "cp", "s3://" + bucket.name() + "/" + key, "-"))
                .containsAnyOf("hello", "aGVsbG8K");
        Pause.until("the record is counted", () -> {
            JsonNode statistics = aws.run(
                    "cloudwatch",
                    "get-metric-statistics",
                    "--namespace",
                    "AWS/Firehose",
                    "--metric-name",
                    "DeliveryToS3.Records",
                    "--dimensions",
                    "Name=DeliveryStreamName,Value=" + name,
                    "--start-time",
                    minute.toString(),
                    "--end-time",
                    minute.plus(1, ChronoUnit.HOURS).toString(),
                    "--period",
                    "60",
                    "--statistics",
                    "Sum");
            return statistics
                            .path("Datapoints")
                            .valueStream()
                            .mapToDouble(point -> point.path("Sum").asDouble())
                            .sum()
                    == 1;
        });
    }

    @Test
    @Order(LAST)
    void whatCannotBeDeliveredIsToldAndComesWhenTheBucketIsThere() throws IOException, InterruptedException {
        try (RawClient rest = new RawClient(requireNonNull(server).target())) {
            Answer failing = rest.rest("GET", "/v1/delivery-streams/" + homeless + "/activity", "firehose", "");
            assertThat(failing.status()).isEqualTo(200);
            assertThat(failing.at("/failing").asBoolean()).isTrue();
            assertThat(failing.at("/deliveredRecords").asInt()).isZero();
            assertThat(failing.at("/failures/0/code").asString()).contains("NoSuchBucket");
            Pause.until(
                    "it is described", () -> deliveryStreams.describe(homeless).failureDescription() != null);
            assertThat(deliveryStreams.describe(homeless).failureDescription().details())
                    .contains("bucket");
            put(homeless, "third");

            String unused = output("aws", "s3", "mb", "s3://" + missing.name());
            assertThat(unused).contains("make_bucket");
            assertThat(missing.awaitLines("late/", 3)).containsExactlyInAnyOrder("first", "second", "third");
            Pause.until(
                    "it is right again",
                    () -> deliveryStreams.describe(homeless).failureDescription() == null);
            // An object is there a moment before who wrote it knows.
            Pause.until(
                    "all is told as delivered",
                    () -> rest.rest("GET", "/v1/delivery-streams/" + homeless + "/activity", "firehose", "")
                                    .at("/deliveredRecords")
                                    .asInt()
                            >= 3);
            Answer right = rest.rest("GET", "/v1/delivery-streams/" + homeless + "/activity", "firehose", "");
            assertThat(right.at("/failing").asBoolean()).isFalse();
            assertThat(right.at("/deliveredRecords").asInt()).isEqualTo(3);
        }
    }

    @Test
    @Order(LAST)
    void recordsAreSortedByWhatAQueryFinds() {
        List<String> lines = bucket.awaitLines("sorted/", 4);
        assertThat(lines).hasSize(4);
        assertThat(bucket.objectsOfLines("sorted/").entrySet())
                .allSatisfy(object -> assertThat(object.getValue()).allSatisfy(line -> {
                    JsonNode record = JSON.readTree(line);
                    assertThat(object.getKey())
                            .startsWith("sorted/user=" + record.path("user").asString() + "/kind="
                                    + record.at("/event/kind").asString() + "/");
                }));
        assertThat(bucket.keys("sorted/")).hasSizeBetween(3, 4);
        List<String> unsorted = bucket.awaitLines("unsorted/metadata-extraction-failed/", 1);
        assertThat(unsorted).hasSize(1);
        assertThat(JSON.readTree(unsorted.getFirst()).path("errorCode").asString())
                .startsWith("DynamicPartitioning");
        assertThat(partitioned).isNotEmpty();
    }

    private String beginPartitioning() {
        String name = deliveryStreams.toBucket(
                bucket,
                configuration -> configuration
                        .prefix("sorted/user=!{partitionKeyFromQuery:user}/kind=!{partitionKeyFromQuery:kind}/")
                        .errorOutputPrefix("unsorted/!{firehose:error-output-type}/")
                        .bufferingHints(hints -> hints.sizeInMBs(64).intervalInSeconds(60))
                        .dynamicPartitioningConfiguration(partitioning -> partitioning.enabled(true))
                        .processingConfiguration(processing -> processing
                                .enabled(true)
                                .processors(processor(
                                        ProcessorType.METADATA_EXTRACTION,
                                        Map.of(
                                                ProcessorParameterName.METADATA_EXTRACTION_QUERY,
                                                        "{user: .user, kind: .event.kind}",
                                                ProcessorParameterName.JSON_PARSING_ENGINE, "JQ-1.6")))));
        put(
                name,
                "{\"user\":\"ana\",\"event\":{\"kind\":\"click\"}}",
                "{\"user\":\"ana\",\"event\":{\"kind\":\"view\"}}",
                "no JSON",
                "{\"user\":\"rui\",\"event\":{\"kind\":\"click\"}}",
                "{\"user\":\"ana\",\"event\":{\"kind\":\"click\"}}");
        return name;
    }

    private static Processor processor(ProcessorType type, Map<ProcessorParameterName, String> parameters) {
        return Processor.builder()
                .type(type)
                .parameters(parameters.entrySet().stream()
                        .map(entry -> ProcessorParameter.builder()
                                .parameterName(entry.getKey())
                                .parameterValue(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    private void put(String name, String... lines) {
        assertThat(firehose.putRecordBatch(request -> request.deliveryStreamName(name)
                                .records(Stream.of(lines)
                                        .map(line -> Record.builder()
                                                .data(SdkBytes.fromUtf8String(line + "\n"))
                                                .build())
                                        .toList()))
                        .failedPutCount())
                .isZero();
    }

    private List<String> readByDuckDb(String key) {
        try {
            Path file = Files.write(folder.resolve("read.parquet"), bucket.bytes(key));
            List<String> rows = new ArrayList<>();
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select \"user\", times from read_parquet('" + file + "')")) {
                while (row.next()) {
                    rows.add(row.getString(1) + " " + row.getLong(2));
                }
            }
            return rows;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a command that is pointed at the S3. */
    private String output(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        ClientEnvironment.set(builder.environment(), requireNonNull(server).s3Target());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
