package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server that is in use tells of itself, and that dashboards and rules for alarms ask for nothing else. Each section
 * of docs/operations.md that a rule names is there.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperationsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path COMPOSE = ROOT.resolve("deployment/compose");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FUNCTION =
            "arn:aws:lambda:" + Target.REGION + ":" + Target.ACCOUNT + ":function:capitals";

    private static final Set<String> OF_EACH_SERVICE = Set.of(
            "aws_kinesis_IncomingBytes_total",
            "aws_kinesis_IncomingRecords_total",
            "aws_kinesis_PutRecord_Success_total",
            "aws_kinesis_PutRecords_Bytes_total",
            "aws_kinesis_GetRecords_IteratorAgeMilliseconds",
            "aws_firehose_IncomingBytes_total",
            "aws_firehose_IncomingRecords_total",
            "aws_firehose_PutRecordBatch_Records_total",
            "aws_firehose_DeliveryToS3_Bytes_total",
            "aws_firehose_DeliveryToS3_DataFreshness",
            "aws_firehose_DeliveryToS3_Success_total",
            "aws_firehose_ExecuteProcessing_Duration",
            "aws_kinesisanalytics_KPUs",
            "aws_kinesisanalytics_uptime",
            "aws_kinesisanalytics_MillisBehindLatest",
            "aws_kinesisanalytics_numRecordsInPerSecond");

    /** What only comes with a delivery, or once the tasks of a job are measured; dashboards ask for it. */
    private static final Set<String> MEASURED_LAST = Set.of(
            "aws_firehose_DeliveryToS3_Records_total",
            "aws_firehose_BackupToS3_Records_total",
            "aws_kinesisanalytics_backPressuredTimeMsPerSecond",
            "aws_kinesisanalytics_busyTimeMsPerSecond",
            "aws_kinesisanalytics_lastCheckpointDuration",
            "aws_kinesisanalytics_lastCheckpointFullSize",
            "aws_kinesisanalytics_millisBehindLatest",
            "aws_kinesisanalytics_numRecordsOutPerSecond");

    /** Prometheus's own. */
    private static final Set<String> NOT_OURS = Set.of("up");

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern BY_NAME = Pattern.compile("\\{__name__=~\"([^\"]+)\"");
    private static final Pattern LABELS = Pattern.compile("\\b(?:by|without|on|ignoring|group_left)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w$.])[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[\\w:])");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "bool", "offset");

    private @Nullable ServerProcess server;
    private URI url;
    private Map<String, String> scraped = Map.of();

    @BeforeAll
    void useAServer() {
        TestServer.assumeThatServersCanBeStarted();
        try (TransformingFunction function = TransformingFunction.started()) {
            ServerProcess started = ServerProcess.started(
                    "operations",
                    "--riacho.metrics.scrape.open-on-loopback=true",
                    "--riacho.streams.monitoring-interval=200ms",
                    "--riacho.firehose.functions.[" + FUNCTION + "]=" + function.url());
            server = started;
            url = started.target().url();
            use(started);
        }
    }

    private void use(ServerProcess started) {
        Target target = started.target();
        try (TestStreams streams = new TestStreams(target);
                TestDeliveryStreams deliveryStreams = new TestDeliveryStreams(target);
                TestApplications applications = new TestApplications(target);
                TestBucket bucket = TestBucket.created(started.s3Target());
                FirehoseClient firehose = JavaClients.firehose(target);
                KinesisClient kinesis = JavaClients.urlConnection(target)) {
            String input = streams.create(1);
            String output = streams.create(1);
            String application = applications.create(
                    TestApplications.windowsOfTheDialect("measured"), streams.arn(input), streams.arn(output));
            applications.startFromTrimHorizon(application);
            String delivery = deliveryStreams.toBucket(
                    bucket,
                    settings -> settings.prefix("delivered/")
                            .s3BackupMode(S3BackupMode.ENABLED)
                            .s3BackupConfiguration(backup -> backup.roleARN(TestDeliveryStreams.ROLE)
                                    .bucketARN(bucket.arn())
                                    .prefix("backup/")
                                    .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(0)))
                            .processingConfiguration(processing -> processing
                                    .enabled(true)
                                    .processors(processor -> processor
                                            .type(ProcessorType.LAMBDA)
                                            .parameters(
                                                    parameter(ProcessorParameterName.LAMBDA_ARN, FUNCTION),
                                                    parameter(ProcessorParameterName.BUFFER_SIZE_IN_M_BS, "1"),
                                                    parameter(
                                                            ProcessorParameterName.BUFFER_INTERVAL_IN_SECONDS, "0")))));
            streams.put(input, "{\"key\":\"a\",\"number\":1}");
            kinesis.putRecords(request -> request.streamName(input).records(TestStreams.entry("b", "{\"key\":\"b\"}")));
            streams.readAll(input, "shardId-000000000000", 2);
            firehose.putRecord(request -> request.deliveryStreamName(delivery)
                    .record(record -> record.data(SdkBytes.fromUtf8String("one\n"))));
            firehose.putRecordBatch(request -> request.deliveryStreamName(delivery)
                    .records(record -> record.data(SdkBytes.fromUtf8String("two\n"))));
            bucket.awaitLines("delivered/", 2);
            Pause.until("the job, and all else, is measured", () -> {
                scraped = scrape();
                return names().containsAll(OF_EACH_SERVICE)
                        && names().containsAll(MEASURED_LAST)
                        && measuresOfTheJob() > 10;
            });
        }
    }

    private static ProcessorParameter parameter(ProcessorParameterName name, String value) {
        return ProcessorParameter.builder()
                .parameterName(name)
                .parameterValue(value)
                .build();
    }

    private long measuresOfTheJob() {
        return names().stream()
                .filter(name -> name.startsWith("aws_kinesisanalytics_"))
                .count();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** By name and labels. */
    private Map<String, String> scrape() {
        Map<String, String> values = new TreeMap<>();
        HttpResponse<String> answer = get("/actuator/prometheus");
        assertThat(answer.statusCode()).isEqualTo(200);
        answer.body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            values.put(line.substring(0, end), line.substring(end + 1));
        });
        return values;
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Set<String> names() {
        return scraped.keySet().stream()
                .map(key -> key.contains("{") ? key.substring(0, key.indexOf('{')) : key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatCloudWatchHasOfEachServiceIsThereForPrometheus() {
        assertThat(names()).containsAll(OF_EACH_SERVICE);
    }

    @Test
    void dashboardsAskForWhatTheServerHas() throws IOException {
        Map<String, List<String>> expressions = new TreeMap<>();
        try (Stream<Path> files = Files.list(COMPOSE.resolve("grafana/dashboards"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                JsonNode dashboard = JSON.readTree(file);
                expressions.put(file.toString(), dashboard.findValuesAsString("expr"));
                assertThat(dashboard.findValuesAsString("expr")).as("%s", file).hasSizeGreaterThan(5);
                expressions.put(file + ", variables", dashboard.findValuesAsString("definition"));
            }
        }
        expressions.forEach((where, all) -> all.forEach(expression ->
                assertThat(unknown(expression)).as(where + ": " + expression).isEmpty()));
    }

    @Test
    void rulesForAlarmsAskForWhatTheServerHasAndNameTheirSectionOfTheRunbook() throws IOException {
        Map<String, String> expressions = new TreeMap<>();
        Map<String, String> runbooks = new TreeMap<>();
        Object file = new Yaml().load(Files.readString(COMPOSE.resolve("alerts.yml")));
        for (JsonNode group : JSON.<JsonNode>valueToTree(file).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                String name = rule.path("alert").asString();
                expressions.put(name, rule.path("expr").asString());
                runbooks.put(name, rule.at("/annotations/runbook_url").asString());
            }
        }
        assertThat(expressions).hasSizeGreaterThan(10);
        expressions.forEach((alert, expression) ->
                assertThat(unknown(expression)).as(alert + ": " + expression).isEmpty());
        String manual = Files.readString(ROOT.resolve("docs/operations.md"));
        runbooks.forEach((alert, runbook) -> {
            assertThat(runbook).isEqualTo("docs/operations.md#" + alert.toLowerCase(Locale.ROOT));
            assertThat(manual).contains("\n### " + alert + "\n");
        });
    }

    /** What an expression of PromQL asks for, and a server does not have. */
    private Set<String> unknown(String expression) {
        Set<String> unknown = new TreeSet<>();
        BY_NAME.matcher(expression)
                .results()
                .map(found -> found.group(1))
                .filter(pattern -> names().stream().noneMatch(name -> name.matches(pattern)))
                .forEach(unknown::add);
        String bare = expression.startsWith("label_values(")
                ? expression.substring("label_values(".length(), expression.indexOf(','))
                : LABELS.matcher(TEXT.matcher(expression).replaceAll(""))
                        .replaceAll("")
                        .replaceAll("\\{[^}]*}", "")
                        .replaceAll("\\[[^]]*]", "");
        NAME.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name) && !NOT_OURS.contains(name) && !names().contains(name))
                .forEach(unknown::add);
        return unknown;
    }

    @Test
    void aNameThatTheServerDoesNotHaveIsFoundInAnExpression() {
        assertThat(unknown("sum by (service) (rate(no_such_metric{a=\"b\"}[5m])) / jvm_memory_used_bytes > 0.5"))
                .containsExactly("no_such_metric");
        assertThat(unknown("max({__name__=~\"no_such_.*\",a=\"b\"})")).containsExactly("no_such_.*");
        assertThat(unknown("jvm_memory_used_bytes and predict_linear(jvm_memory_used_bytes[3h], 24 * 3600) < 0"))
                .isEmpty();
        assertThat(unknown("label_values(no_such_metric, stream_name)")).containsExactly("no_such_metric");
    }

    @Test
    void theLogsDiskIsMeasured() {
        assertThat(Double.parseDouble(scraped.getOrDefault("riacho_log_disk_free_bytes", "0")))
                .isPositive();
        assertThat(Double.parseDouble(scraped.getOrDefault("riacho_log_force_seconds_count", "0")))
                .isPositive();
        assertThat(Double.parseDouble(scraped.getOrDefault("riacho_log_force_longest_seconds", "0")))
                .isBetween(0.000001, 60.0);
        assertThat(scraped).containsEntry("riacho_log_writable", "1.0");
    }

    @Test
    void aFolderThatIsGoneIsNamedByReadinessUntilItIsBack() throws IOException {
        ServerProcess running = Objects.requireNonNull(server);
        for (String service : List.of("firehose", "analytics")) {
            Pause.until("all is well", () -> get("/actuator/health/readiness").statusCode() == 200);
            Path folder = running.folder().resolve("data").resolve(service);
            Path aside = running.folder().resolve("aside-" + service);
            Files.move(folder, aside);
            Pause.until(
                    service + " is not ready",
                    () -> get("/actuator/health/readiness").statusCode() == 503);
            JsonNode parts =
                    JSON.readTree(get("/actuator/health/readiness").body()).path("components");
            assertThat(parts.path(service).path("status").asString()).isEqualTo("DOWN");
            assertThat(parts.path("log").path("status").asString()).isEqualTo("UP");
            assertThat(parts.path("database").path("status").asString()).isEqualTo("UP");
            assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            Files.move(aside, folder);
            Pause.until(
                    service + " is ready again",
                    () -> get("/actuator/health/readiness").statusCode() == 200);
        }
    }
}
