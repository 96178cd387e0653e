package io.riacho.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an application of Kinesis Data Analytics reads: schemas, functions before them, reference tables, roles. */
class AnalyticsInputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCHEMA = "{\"RecordFormat\":{\"RecordFormatType\":\"JSON\",\"MappingParameters\":"
            + "{\"JSONMappingParameters\":{\"RecordRowPath\":\"$\"}}},\"RecordEncoding\":\"UTF-8\",\"RecordColumns\":"
            + "[{\"Name\":\"ticker\",\"Mapping\":\"$.ticker\",\"SqlType\":\"VARCHAR(4)\"},"
            + "{\"Name\":\"price\",\"Mapping\":\"$.price\",\"SqlType\":\"DECIMAL(5,2)\"}]}";

    private final KinesisServer kinesis = KinesisServer.shared();
    private final TestCluster cluster = TestCluster.shared();
    private final List<JobID> jobs = new ArrayList<>();

    @AfterEach
    void cancel() {
        jobs.forEach(cluster::cancel);
    }

    @Test
    void recordsAreReadWithTheApisSchemaAndErrorsAreRowsOfTheirOwn() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        kinesis.put(in, "{\"ticker\":\"AMZN-LONG\",\"price\":12.5}");
        kinesis.put(in, "{\"ticker\":\"BAD\",\"price\":\"x\"}");
        start(in, out, List.of(), "");

        await().atMost(PATIENCE).until(() -> kinesis.records(out).size() == 2);

        assertThat(kinesis.texts(out).getFirst()).isEqualTo("{\"T\":\"AMZN\",\"P\":12.50,\"E\":null}");
        assertThat(kinesis.texts(out).getLast())
                .startsWith("{\"T\":null,\"P\":null,\"E\":\"{")
                .contains("Coercion error");
    }

    @Test
    void aFunctionMayProcessRecordsBefore() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        AtomicInteger calls = new AtomicInteger();
        try (HttpStub function = new HttpStub(request ->
                calls.incrementAndGet() == 1 ? new HttpStub.Answer(503, "") : HttpStub.Answer.of(processed(request)))) {
            kinesis.put(in, "AMZN;1.5");
            kinesis.put(in, "drop");
            kinesis.put(in, "fail");
            kinesis.put(in, "forget");
            kinesis.put(in, "IBM;2");
            start(
                    in,
                    out,
                    List.of("SET 'riacho.functions.arn:aws:lambda:x:1:function:f' = '" + function.url() + "'"),
                    ", 'kinesis-analytics.function' = 'arn:aws:lambda:x:1:function:f',"
                            + " 'kinesis-analytics.application' = 'arn:app'");

            await().atMost(PATIENCE).until(() -> kinesis.records(out).size() == 4);

            List<String> rows = kinesis.texts(out);
            assertThat(rows)
                    .contains("{\"T\":\"AMZN\",\"P\":1.50,\"E\":null}", "{\"T\":\"IBM\",\"P\":2.00,\"E\":null}");
            assertThat(rows).anyMatch(row -> row.contains("could not process"));
            assertThat(rows).anyMatch(row -> row.contains("did not return the record"));
            HttpStub.Request last = function.requests().getLast();
            assertThat(last.json().propertyNames())
                    .containsExactly("invocationId", "applicationArn", "streamArn", "records");
            assertThat(last.json().at("/streamArn").asString()).isEqualTo(KinesisServer.arn(in));
            assertThat(last.json().at("/records/0").propertyNames())
                    .containsExactly("recordId", "kinesisStreamRecordMetadata", "data");
        }
    }

    private static String processed(HttpStub.Request request) {
        ObjectNode answer = HttpStub.JSON.createObjectNode();
        ArrayNode records = answer.putArray("records");
        request.json().path("records").forEach(record -> {
            String text = HttpStub.text(record);
            if (text.equals("forget")) {
                return;
            }
            ObjectNode made =
                    records.addObject().put("recordId", record.get("recordId").asString());
            switch (text) {
                case "drop" -> made.put("result", "Dropped");
                case "fail" -> made.put("result", "ProcessingFailed");
                default -> {
                    String[] parts = text.split(";", 2);
                    String json = "{\"ticker\":\"" + parts[0] + "\",\"price\":" + parts[1] + "}";
                    made.put("result", "Ok")
                            .put("data", Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
                }
            }
        });
        return answer.toString();
    }

    @Test
    void aReferenceTableIsLookedUpIn() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        String rows = "AMZN,Amazon\nIBM,\"Big, Blue\"\n";
        try (HttpStub s3 = new HttpStub(request -> HttpStub.Answer.of(rows))) {
            String schema =
                    "{\"RecordFormat\":{\"RecordFormatType\":\"CSV\",\"MappingParameters\":{\"CSVMappingParameters\":{\"RecordRowDelimiter\":\"\\n"
                            + "\",\"RecordColumnDelimiter\":\",\"}}},"
                            + "\"RecordColumns\":[{\"Name\":\"t\",\"SqlType\":\"VARCHAR(4)\"},{\"Name\":\"n\",\"SqlType\":\"VARCHAR(20)\"}]}";
            jobs.add(cluster.start(
                    1,
                    null,
                    List.of(
                            "SET 'riacho.s3.endpoint' = '" + s3.url() + "'",
                            "SET 'riacho.region' = 'eu-central-1'",
                            "CREATE TABLE source (ticker STRING, p AS PROCTIME()) WITH ("
                                    + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json")
                                    + ")",
                            "CREATE TABLE companies (t VARCHAR(4), n VARCHAR(20)) WITH ('connector' = 'reference',"
                                    + " 's3.bucket' = 'names', 's3.key' = 'companies.csv',"
                                    + " 'aws.credentials.basic.accesskeyid' = 'id',"
                                    + " 'aws.credentials.basic.secretkey' = 'secret',"
                                    + " 'format' = 'kinesis-analytics', 'kinesis-analytics.schema' = '" + schema + "')",
                            "CREATE TABLE target (ticker STRING, n STRING) WITH ("
                                    + kinesis.options(out, "format", "json") + ")"),
                    "INSERT INTO target SELECT s.ticker, r.n FROM source s"
                            + " LEFT JOIN companies FOR SYSTEM_TIME AS OF s.p AS r ON s.ticker = r.t"));
            kinesis.put(in, "{\"ticker\":\"IBM\"}");
            kinesis.put(in, "{\"ticker\":\"X\"}");

            await().atMost(PATIENCE).until(() -> kinesis.records(out).size() == 2);

            assertThat(kinesis.texts(out))
                    .containsExactlyInAnyOrder(
                            "{\"ticker\":\"IBM\",\"n\":\"Big, Blue\"}", "{\"ticker\":\"X\",\"n\":null}");
            assertThat(s3.requests())
                    .allSatisfy(request -> assertThat(request.path()).isEqualTo("/names/companies.csv"));
        }
    }

    @Test
    void aJobAsksForItsRolesCredentialsWithItsTokenAndAgainBeforeTheirEnd() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        AwsBasicCredentials role = kinesis.user("{\"Effect\":\"Allow\",\"Action\":\"kinesis:*\",\"Resource\":\"*\"}");
        try (HttpStub credentials =
                new HttpStub(request -> request.authorization().equals("the-token")
                        ? HttpStub.Answer.of(HttpStub.JSON
                                .createObjectNode()
                                .put("AccessKeyId", role.accessKeyId())
                                .put("SecretAccessKey", role.secretAccessKey())
                                .put("Token", "session")
                                // They end so soon that they are asked for anew each time.
                                .put("Expiration", Instant.now().plusSeconds(60).toString())
                                .toString())
                        : new HttpStub.Answer(403, ""))) {
            kinesis.putIds(in, 0, 10);
            String options = "'connector' = 'kinesis', 'format' = 'json', 'source.init.position' = 'TRIM_HORIZON'";
            jobs.add(cluster.start(
                    1,
                    null,
                    List.of(
                            "SET 'riacho.region' = '" + KinesisServer.REGION + "'",
                            "SET 'riacho.kinesis.endpoint' = '" + kinesis.endpoint() + "'",
                            "SET 'riacho.credentials.uri' = '" + credentials.url() + "/v1/runs/r/credentials/0'",
                            "SET 'riacho.credentials.token' = 'the-token'",
                            "CREATE TABLE source (id INT) WITH (" + options + ", 'stream' = '" + in + "')",
                            "CREATE TABLE target (id INT) WITH (" + options + ", 'stream' = '" + out + "')"),
                    "INSERT INTO target SELECT id FROM source"));

            await().atMost(PATIENCE).until(() -> kinesis.records(out).size() == 10);

            assertThat(credentials.requests().size()).isGreaterThan(3);
        }
    }

    private void start(String in, String out, List<String> settings, String more) {
        List<String> statements = new ArrayList<>(settings);
        statements.add("CREATE TABLE source (T VARCHAR(4), P DECIMAL(5, 2), __error STRING) WITH ("
                + kinesis.options(
                        in,
                        "source.init.position",
                        "TRIM_HORIZON",
                        "format",
                        "kinesis-analytics",
                        "kinesis-analytics.schema",
                        SCHEMA)
                + more + ")");
        statements.add("CREATE TABLE target (T STRING, P DECIMAL(5, 2), E STRING) WITH ("
                + kinesis.options(out, "format", "kinesis-analytics") + ")");
        jobs.add(cluster.start(1, null, statements, "INSERT INTO target SELECT T, P, __error FROM source"));
    }
}
