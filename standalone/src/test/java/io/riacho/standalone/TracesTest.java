package io.riacho.standalone;

import static io.riacho.tracing.TestCollector.isLinked;
import static io.riacho.tracing.TestCollector.spanId;
import static io.riacho.tracing.TestCollector.tellsOf;
import static io.riacho.tracing.TestCollector.text;
import static io.riacho.tracing.TestCollector.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.riacho.tracing.TestCollector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.HttpEndpointS3BackupMode;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record's way from the request that puts it into the log, through a function, to an HTTP endpoint, as traces tell it. */
@ExtendWith(OutputCaptureExtension.class)
class TracesTest {

    private static final AwsBasicCredentials ROOT = AwsBasicCredentials.create("AKIATRACES", "secret-of-the-root");
    private static final String TRACE = "5bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:same";
    /** What the configuration says; it is really a server of this test. */
    private static final String ENDPOINT = "https://endpoint.example/taken";

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private static Path folder;

    private static TestCollector collector;
    private static Peer function;
    private static Peer endpoint;
    private static ConfigurableApplicationContext server;
    private static FirehoseAsyncClient firehose;

    @BeforeAll
    static void start() throws IOException {
        collector = new TestCollector();
        function = new Peer(TracesTest::unchanged);
        endpoint = new Peer(
                request -> Map.of("requestId", request.path("requestId").asString(), "timestamp", 1));
        server = SpringApplication.run(
                RiachoApplication.class,
                "--spring.config.name=standalone",
                "--server.port=0",
                "--riacho.data=" + folder,
                "--riacho.streams.transition=1ms",
                "--RIACHO_ROOT_ACCESS_KEY_ID=" + ROOT.accessKeyId(),
                "--RIACHO_ROOT_SECRET_ACCESS_KEY=" + ROOT.secretAccessKey(),
                "--riacho.firehose.functions.[" + FUNCTION + "]=" + function.url(),
                "--riacho.firehose.endpoints.[" + ENDPOINT + "]=" + endpoint.url(),
                "--riacho.tracing.endpoint=" + collector.endpoint(),
                // Only what a caller has recorded.
                "--riacho.tracing.sampling=0",
                "--riacho.tracing.interval=20ms",
                "--logging.level.riacho.requests=debug");
        URI url = URI.create("http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port"));
        firehose = FirehoseAsyncClient.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(ROOT))
                .build();
        try (IamAsyncClient iam = IamAsyncClient.builder()
                .endpointOverride(url)
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(ROOT))
                .build()) {
            iam.createRole(role -> role.roleName("deliverer").assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                  "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}]}\
                """))
                    .join();
            iam.putRolePolicy(policy ->
                            policy.roleName("deliverer").policyName("delivers").policyDocument("""
                                {"Version": "2012-10-17", "Statement": [
                                  {"Effect": "Allow", "Action": ["lambda:*", "s3:*"], "Resource": "*"}]}\
                                """))
                    .join();
        }
    }

    @AfterAll
    static void stop() {
        firehose.close();
        server.close();
        endpoint.close();
        function.close();
        collector.close();
    }

    @Test
    void aDeliveryIsATraceOfItsOwnThatLinksToThePutsOfItsRecords(CapturedOutput output) throws InterruptedException {
        create("traced");
        String id = firehose.putRecordBatch(put -> put.deliveryStreamName("traced")
                        .records(List.of(record("one"), record("two")))
                        .overrideConfiguration(more -> more.putHeader("traceparent", PARENT)))
                .join()
                .responseMetadata()
                .requestId();

        Span put = collector.awaitRequest(id);
        assertThat(traceId(put)).isEqualTo(TRACE);
        assertThat(put.getName()).isEqualTo("firehose/PutRecordBatch");
        // The internal stream is asked by HTTP, as any.
        Span stored = collector.await(
                "PutRecords in the caller's trace",
                span -> traceId(span).equals(TRACE) && span.getName().equals("kinesis/PutRecords"));
        assertThat(spanId(collector.awaitChild(put, "buffer")))
                .isEqualTo(HexFormat.of().formatHex(stored.getParentSpanId().toByteArray()));
        collector.awaitChild(stored, "append");

        Span process = collector.await("process", span -> span.getName().equals("process") && isLinked(span, put));
        Span called = collector.awaitChild(process, "function");
        assertThat(tellsOf(function.nextParent(), called)).isTrue();

        Span delivery = collector.await("deliver", span -> span.getName().equals("deliver") && isLinked(span, put));
        assertThat(traceId(delivery)).isNotEqualTo(TRACE);
        assertThat(delivery.getParentSpanId().isEmpty()).isTrue();
        assertThat(text(delivery, "riacho.delivery_stream")).isEqualTo("traced");
        assertThat(text(delivery, "riacho.records")).isEqualTo("2");
        Span write = collector.awaitChild(delivery, "write");
        assertThat(text(write, "riacho.destination")).isEqualTo("HttpEndpointDestination");
        assertThat(tellsOf(endpoint.nextParent(), write)).isTrue();
        assertThat(collector.services()).containsOnly("riacho");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(output.getAll().lines())
                        .anyMatch(line -> line.contains("requestId=" + id)
                                && line.contains("traceId=" + TRACE)
                                && line.contains("riacho.requests")
                                && line.contains("firehose:PutRecordBatch arn:aws:iam::000000000000:root 200 ")));
        assertThat(output.getAll()).doesNotContain(ROOT.secretAccessKey());
    }

    @Test
    void whatNobodyHasRecordedLinksToNothingAndIsNotRecorded() throws InterruptedException {
        create("untraced");
        firehose.putRecord(put -> put.deliveryStreamName("untraced").record(record("three")))
                .join();

        assertThat(function.nextParent()).matches("00-.*-0[02]");
        assertThat(endpoint.nextParent()).matches("00-.*-0[02]");
        assertThat(collector.spans())
                .noneMatch(span -> text(span, "riacho.delivery_stream").equals("untraced"));
    }

    private static void create(String name) {
        String role = "arn:aws:iam::000000000000:role/deliverer";
        firehose.createDeliveryStream(stream -> stream.deliveryStreamName(name)
                        .deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                        .httpEndpointDestinationConfiguration(to -> to.roleARN(role)
                                .endpointConfiguration(at -> at.url(ENDPOINT))
                                .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(0))
                                .s3BackupMode(HttpEndpointS3BackupMode.FAILED_DATA_ONLY)
                                .s3Configuration(bucket -> bucket.roleARN(role).bucketARN("arn:aws:s3:::failed"))
                                .processingConfiguration(processing -> processing
                                        .enabled(true)
                                        .processors(by -> by.type(ProcessorType.LAMBDA)
                                                .parameters(
                                                        with -> with.parameterName(ProcessorParameterName.LAMBDA_ARN)
                                                                .parameterValue(FUNCTION),
                                                        with -> with.parameterName("BufferSizeInMBs")
                                                                .parameterValue("1"),
                                                        with -> with.parameterName(
                                                                        ProcessorParameterName
                                                                                .BUFFER_INTERVAL_IN_SECONDS)
                                                                .parameterValue("0"))))))
                .join();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> firehose.describeDeliveryStream(ask -> ask.deliveryStreamName(name))
                                .join()
                                .deliveryStreamDescription()
                                .deliveryStreamStatus()
                        == DeliveryStreamStatus.ACTIVE);
    }

    private static software.amazon.awssdk.services.firehose.model.Record record(String text) {
        return software.amazon.awssdk.services.firehose.model.Record.builder()
                .data(SdkBytes.fromUtf8String(text))
                .build();
    }

    private static Map<String, Object> unchanged(JsonNode event) {
        return Map.of(
                "records",
                event.path("records")
                        .valueStream()
                        .map(record -> Map.of(
                                "recordId", record.path("recordId").asString(),
                                "result", "Ok",
                                "data", record.path("data").asString()))
                        .toList());
    }

    /** A server that is asked, and keeps what it is told of traces. */
    private static final class Peer implements AutoCloseable {

        private final HttpServer http;
        private final BlockingQueue<String> parents = new LinkedBlockingQueue<>();

        Peer(Function<JsonNode, Map<String, ?>> answers) throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", exchange -> {
                try (exchange) {
                    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
                    parents.add(Objects.requireNonNullElse(
                            exchange.getRequestHeaders().getFirst("traceparent"), "none"));
                    byte[] answer =
                            JSON.writeValueAsString(answers.apply(request)).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            http.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
        }

        String nextParent() throws InterruptedException {
            return Objects.requireNonNull(parents.poll(60, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
