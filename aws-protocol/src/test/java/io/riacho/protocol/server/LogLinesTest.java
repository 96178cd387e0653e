package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.riacho.tracing.TestCollector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Structured log lines, and what they tell of the request that they were written for. */
@ExtendWith(OutputCaptureExtension.class)
class LogLinesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestCollector collector;
    private static ToyKinesis toy;
    private static KinesisClient client;

    @BeforeAll
    static void start(CapturedOutput output) {
        collector = new TestCollector();
        toy = new ToyKinesis(
                "logging.structured.format.console=ecs",
                "logging.level.riacho.requests=debug",
                "riacho.tracing.endpoint=" + collector.endpoint(),
                "riacho.tracing.interval=20ms");
        client = TestClients.plain(toy.port(), ToyKinesis.USER_KEY);
        assertThat(output.getAll()).contains("\"@timestamp\"");
    }

    @AfterAll
    static void stop() {
        client.close();
        toy.close();
        collector.close();
        // Where Spring Boot keeps it for whoever logs next.
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
    }

    @Test
    void aLineOfARequestCarriesItsIdAndItsTraces(CapturedOutput output) {
        KinesisException failed = catchThrowableOfType(
                KinesisException.class, () -> client.createStream(request -> request.streamName("broken")));

        JsonNode line = line(output, failed.requestId(), "failed");
        assertThat(line.path("message").asString()).contains("Kinesis_20131202.CreateStream failed");
        var span = collector.awaitRequest(failed.requestId());
        assertThat(line.path("traceId").asString()).isEqualTo(TestCollector.traceId(span));
        assertThat(line.path("spanId").asString()).isEqualTo(TestCollector.spanId(span));
        assertThat(TestCollector.text(span, "error.type")).isEqualTo("InternalFailure");
    }

    @Test
    void eachRequestHasALineWhereThatIsAskedFor(CapturedOutput output) {
        String id = client.listStreams().responseMetadata().requestId();

        JsonNode line = line(output, id, "kinesis:ListStreams");
        assertThat(line.path("log").path("logger").asString()).isEqualTo("riacho.requests");
        assertThat(line.path("operation").asString()).isEqualTo("kinesis:ListStreams");
        assertThat(line.path("principal").asString()).isEqualTo("arn:aws:iam::000000000000:user/ann");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("durationMicros").asLong()).isPositive();
    }

    @Test
    void aRefusedRequestHasALineToo(CapturedOutput output) {
        KinesisException refused = catchThrowableOfType(
                KinesisException.class, () -> client.describeStreamSummary(request -> request.streamName("s")));

        JsonNode line = line(output, refused.requestId(), "kinesis:DescribeStreamSummary");
        assertThat(line.path("status").asInt()).isEqualTo(400);
    }

    @Test
    void aLineOfNoRequestCarriesNoId(CapturedOutput output) {
        client.listStreams();
        LoggerFactory.getLogger("test").warn("of no request");

        JsonNode line = lines(output).stream()
                .filter(each -> each.path("message").asString().equals("of no request"))
                .findFirst()
                .orElseThrow();
        assertThat(line.has("requestId")).isFalse();
        assertThat(line.has("traceId")).isFalse();
    }

    private static JsonNode line(CapturedOutput output, String requestId, String part) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> lines(output).stream()
                                .filter(line ->
                                        line.path("requestId").asString().equals(requestId))
                                .filter(line -> line.path("message").asString().contains(part))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static List<JsonNode> lines(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(LogLinesTest::read)
                .toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            // A line that is being written.
            return JSON.createObjectNode();
        }
    }
}
