package io.riacho.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riacho.flink.source.HttpStub;
import io.riacho.flink.source.KinesisServer;
import io.riacho.flink.source.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows that go to functions, delivery streams, and to those who look. */
class SinksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FORMAT = "'format' = 'kinesis-analytics'";

    private final TestCluster cluster = TestCluster.shared();
    private final List<JobID> jobs = new ArrayList<>();

    @AfterEach
    void cancel() {
        jobs.forEach(cluster::cancel);
    }

    @Test
    void aFunctionIsGivenRowsInLambdasOutputEvent() {
        try (HttpStub function = new HttpStub(request -> HttpStub.Answer.of(all(request, "Ok")))) {
            run(
                    List.of(
                            "SET 'riacho.functions.arn:aws:lambda:eu-central-1:123456789012:function:out' = '"
                                    + function.url() + "'",
                            "CREATE TABLE target (ID INT, T TIMESTAMP(3), NOTHING STRING) WITH ('connector' ="
                                    + " 'function', 'function.arn' ="
                                    + " 'arn:aws:lambda:eu-central-1:123456789012:function:out', 'application.arn' ="
                                    + " 'arn:app', " + FORMAT + ")"),
                    "INSERT INTO target VALUES (1, TIMESTAMP '2016-07-19 17:05:00', CAST(NULL AS STRING))");

            JsonNode event = function.requests().getFirst().json();
            assertThat(event.propertyNames()).containsExactly("invocationId", "applicationArn", "records");
            assertThat(event.get("applicationArn").asString()).isEqualTo("arn:app");
            JsonNode record = event.get("records").get(0);
            assertThat(record.propertyNames()).containsExactly("recordId", "lambdaDeliveryRecordMetadata", "data");
            assertThat(record.at("/lambdaDeliveryRecordMetadata/retryHint").asInt())
                    .isZero();
            assertThat(function.requests().getFirst().data())
                    .containsExactly("{\"ID\":1,\"T\":\"2016-07-19 17:05:00.000\",\"NOTHING\":null}");
        }
    }

    @Test
    void whatAFunctionDoesNotTakeItIsGivenAgain() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger calls = new AtomicInteger();
        try (HttpStub function = new HttpStub(request -> {
            if (calls.incrementAndGet() == 1) {
                return new HttpStub.Answer(500, "");
            }
            ObjectNode answer = HttpStub.JSON.createObjectNode();
            ArrayNode records = answer.putArray("records");
            request.json()
                    .path("records")
                    .forEach(record -> records.addObject()
                            .put("recordId", record.get("recordId").asString())
                            .put(
                                    "result",
                                    seen.add(record.get("data").asString())
                                                    && record.get("recordId").asInt() % 2 == 0
                                            ? "DeliveryFailed"
                                            : "Ok"));
            return HttpStub.Answer.of(answer.toString());
        })) {
            run(
                    List.of("CREATE TABLE target (ID INT) WITH ('connector' = 'function', 'function.url' = '"
                            + function.url() + "', 'kinesis-analytics.record-format' = 'CSV', " + FORMAT + ")"),
                    "INSERT INTO target VALUES (1), (2), (3)");

            HttpStub.Request last = function.requests().getLast();
            assertThat(last.json()
                            .path("records")
                            .valueStream()
                            .map(record -> record.at("/lambdaDeliveryRecordMetadata/retryHint")
                                    .asInt()))
                    .containsOnly(2);
            assertThat(function.requests().stream()
                            .flatMap(request -> request.data().stream())
                            .distinct())
                    .containsExactlyInAnyOrder("1\n", "2\n", "3\n");
        }
    }

    @Test
    void aDeliveryStreamIsGivenAgainWhatItDidNotTake() {
        AtomicInteger calls = new AtomicInteger();
        try (HttpStub firehose = new HttpStub(request -> {
            ObjectNode answer = HttpStub.JSON.createObjectNode();
            int refused = calls.incrementAndGet() == 1 ? 1 : 0;
            answer.put("FailedPutCount", refused);
            ArrayNode responses = answer.putArray("RequestResponses");
            for (int i = 0; i < request.json().path("Records").size(); i++) {
                if (i < refused) {
                    responses
                            .addObject()
                            .put("ErrorCode", "ServiceUnavailableException")
                            .put("ErrorMessage", "busy");
                } else {
                    responses.addObject().put("RecordId", "r" + i);
                }
            }
            return HttpStub.Answer.of(answer.toString());
        })) {
            run(
                    List.of("CREATE TABLE target (ID INT) WITH ('connector' = 'firehose', 'delivery-stream' ="
                            + " 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/lake', 'aws.endpoint' = '"
                            + firehose.url() + "', 'aws.credentials.basic.accesskeyid' = 'id',"
                            + " 'aws.credentials.basic.secretkey' = 'secret',"
                            + " 'kinesis-analytics.row-delimiter' = '\\n"
                            + "', "
                            + FORMAT + ")"),
                    "INSERT INTO target VALUES (1), (2), (3)");

            assertThat(firehose.requests()
                            .getFirst()
                            .json()
                            .path("DeliveryStreamName")
                            .asString())
                    .isEqualTo("lake");
            List<String> taken = firehose.requests().stream()
                    .flatMap(request -> request.json().path("Records").valueStream())
                    .map(record -> record.path("Data").asString())
                    .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                    .toList();
            assertThat(taken).hasSize(4).contains("{\"ID\":1}\n", "{\"ID\":2}\n", "{\"ID\":3}\n");
        }
    }

    @Test
    void aStreamThatThrottlesGetsEachRecordOnce() {
        KinesisServer kinesis = KinesisServer.shared();
        String out = kinesis.newStream(KinesisServer.THROTTLED, 1);

        run(
                List.of("CREATE TABLE target (id INT) WITH (" + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target VALUES "
                        + String.join(
                                ",",
                                IntStream.range(0, 150)
                                        .mapToObj(id -> "(" + id + ")")
                                        .toList()));

        assertThat(kinesis.texts(out))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 150)
                        .mapToObj(id -> "{\"id\":" + id + "}")
                        .toList());
    }

    @Test
    void rowsAreShownToThoseWhoLookAndToNobodyElse() {
        KinesisServer kinesis = KinesisServer.shared();
        String in = kinesis.newStream(1);
        AtomicInteger looking = new AtomicInteger();
        try (HttpStub preview = new HttpStub(request -> request.method().equals("POST")
                ? HttpStub.Answer.of("")
                : HttpStub.Answer.of("{\"streams\":[" + (looking.get() == 0 ? "" : "\"DESTINATION\"") + "]}"))) {
            jobs.add(cluster.start(
                    1,
                    null,
                    List.of(
                            "SET 'riacho.preview.uri' = '" + preview.url() + "'",
                            "SET 'riacho.credentials.token' = 'Bearer secret-token'",
                            "CREATE TABLE source (id INT) WITH ("
                                    + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json")
                                    + ")",
                            "CREATE TABLE target (id INT) WITH ('connector' = 'preview', 'preview.stream' ="
                                    + " 'DESTINATION')"),
                    "INSERT INTO target SELECT id FROM source"));
            kinesis.putIds(in, 0, 100);
            await().atMost(PATIENCE).until(() -> preview.requests().size() >= 2);
            assertThat(preview.requests()).noneMatch(request -> request.method().equals("POST"));

            looking.set(1);

            await().atMost(PATIENCE).until(() -> {
                kinesis.putIds(in, 100, 110);
                return preview.requests().stream()
                        .anyMatch(request -> request.method().equals("POST"));
            });
            HttpStub.Request shown = preview.requests().stream()
                    .filter(request -> request.method().equals("POST"))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown.authorization()).isEqualTo("Bearer secret-token");
            assertThat(shown.json().get("stream").asString()).isEqualTo("DESTINATION");
            assertThat(shown.json().at("/rows/0/id").asInt()).isBetween(100, 109);
        }
    }

    /** Runs the job to its end. */
    private void run(List<String> statements, String insert) {
        JobID job = cluster.start(1, null, statements, insert);
        jobs.add(job);
        await().atMost(PATIENCE).until(() -> cluster.status(job).isGloballyTerminalState());
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
    }

    private static String all(HttpStub.Request request, String result) {
        ObjectNode answer = HttpStub.JSON.createObjectNode();
        ArrayNode records = answer.putArray("records");
        request.json()
                .path("records")
                .forEach(record -> records.addObject()
                        .put("recordId", record.get("recordId").asString())
                        .put("result", result));
        return answer.toString();
    }
}
