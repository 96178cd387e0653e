package io.riacho.metrics.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.metrics.MetricsServer;
import io.riacho.metrics.SignedHttp;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The three protocols by which the same operations are called, byte by byte. */
class ProtocolsTest {

    private static final String PUT = "/service/GraniteServiceVersion20100801/operation/PutMetricData";
    private static final Map<String, String> RPC =
            Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor");
    private static final CBORMapper CBOR = new CBORMapper();

    private static MetricsServer server;

    private final String namespace = "Wire/" + UUID.randomUUID();
    private final Instant minute = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MINUTES);

    @BeforeAll
    static void start() {
        server = new MetricsServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void rpcAnswersAnEmptyMapWhereThereIsNoOutput() throws Exception {
        HttpResponse<byte[]> answer = rpc(PUT, RPC, cbor(Map.of("MetricName", "m", "Value", 1.5)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(HexFormat.of().parseHex("bfff"));
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/cbor");
        assertThat(answer.headers().firstValue("smithy-protocol")).hasValue("rpc-v2-cbor");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
        assertThat(sum(Instant.now().minusSeconds(120))).isEqualTo(1.5);
    }

    @Test
    void rpcTimestampsAreSecondsAsWholeNumbersOrFractions() throws Exception {
        // {"Namespace": …, "MetricData": [{"MetricName": "m", "Value": 1, "Timestamp": 1(uint32)}, {…, 1(double)}]}
        long seconds = minute.getEpochSecond();
        String whole = "c1" + "1a" + HexFormat.of().toHexDigits((int) seconds);
        String fraction = "c1" + "fb" + HexFormat.of().toHexDigits(Double.doubleToLongBits(seconds + 0.75));
        String datum = "bf" + text("MetricName") + text("m") + text("Value") + "01" + text("Timestamp");
        String body = "bf" + text("Namespace") + text(namespace) + text("MetricData") + "82" + datum + whole + "ff"
                + datum + fraction + "ff" + "ff";
        assertThat(rpc(PUT, RPC, HexFormat.of().parseHex(body)).statusCode()).isEqualTo(200);
        assertThat(sum(minute)).isEqualTo(2);
        byte[] question = CBOR.writeValueAsBytes(Map.of(
                "Namespace",
                namespace,
                "MetricName",
                "m",
                "StartTime",
                seconds,
                "EndTime",
                seconds + 60.5,
                "Period",
                60,
                "Statistics",
                java.util.List.of("Sum")));
        HttpResponse<byte[]> answer = rpc(PUT.replace("PutMetricData", "GetMetricStatistics"), RPC, question);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(HexFormat.of().formatHex(answer.body())).contains(text("Timestamp") + whole);
        assertThat(CBOR.readTree(answer.body()).at("/Datapoints/0/Sum").doubleValue())
                .isEqualTo(2);
    }

    @Test
    void rpcErrorsNameTheirShape() throws Exception {
        HttpResponse<byte[]> answer = rpc(PUT, RPC, cbor(Map.of("MetricName", "m")));
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = CBOR.readTree(answer.body());
        assertThat(error.path("__type").stringValue())
                .isEqualTo("com.amazonaws.cloudwatch#MissingRequiredParameterException");
        assertThat(error.path("message").stringValue()).contains("MetricData.member.1.Value");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/cbor");
        assertThat(answer.headers().firstValue("x-amzn-query-error")).isEmpty();
    }

    @Test
    void rpcErrorsHaveTheirOldNamesForClientsThatAsk() throws Exception {
        Map<String, String> headers = new HashMap<>(RPC);
        headers.put("x-amzn-query-mode", "true");
        assertThat(rpc(PUT, headers, cbor(Map.of("MetricName", "m"))).headers().firstValue("x-amzn-query-error"))
                .hasValue("MissingParameter;Sender");
        HttpResponse<byte[]> denied = SignedHttp.send(
                "POST", server.uri(PUT), MetricsServer.READER, headers, cbor(Map.of("MetricName", "m", "Value", 1)));
        assertThat(denied.headers().firstValue("x-amzn-query-error")).hasValue("AccessDenied;Sender");
        assertThat(CBOR.readTree(denied.body()).path("__type").stringValue())
                .isEqualTo("com.amazon.coral.service#AccessDeniedException");
    }

    @Test
    void whatIsNotRpcIsRefused() throws Exception {
        byte[] body = cbor(Map.of("MetricName", "m", "Value", 1));
        assertThat(rpc(PUT, Map.of("Content-Type", "application/cbor"), body).statusCode())
                .isEqualTo(403);
        assertThat(rpc(PUT, Map.of("smithy-protocol", "rpc-v2-json", "Content-Type", "application/cbor"), body)
                        .statusCode())
                .isEqualTo(403);
        assertThat(rpc(PUT, Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/json"), body)
                        .statusCode())
                .isEqualTo(403);
        for (String path : new String[] {
            PUT + "X",
            PUT + "/",
            "/service/GraniteServiceVersion20100801/operation/",
            "/service/Other/operation/PutMetricData",
            "/service/GraniteServiceVersion20100801",
            "/service/GraniteServiceVersion20100801/operation/%50utMetricData",
            "/service"
        }) {
            HttpResponse<byte[]> answer = rpc(path, RPC, body);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(CBOR.readTree(answer.body()).path("__type").stringValue())
                    .endsWith("#UnknownOperationException");
        }
        assertThat(CBOR.readTree(rpc(PUT.replace("PutMetricData", "PutMetricAlarm"), RPC, body)
                                .body())
                        .path("message")
                        .stringValue())
                .contains("PutMetricAlarm is not implemented");
    }

    @Test
    void thePathsOfRpcAreForNoOtherProtocol() throws Exception {
        for (String path : new String[] {PUT, "/service"}) {
            HttpResponse<byte[]> json = SignedHttp.send(
                    "POST",
                    server.uri(path),
                    MetricsServer.ROOT,
                    Map.of(
                            "Content-Type", "application/x-amz-json-1.0",
                            "X-Amz-Target", "GraniteServiceVersion20100801.ListMetrics"),
                    "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(json.statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void brokenCborIsAnErrorOfTheClient() throws Exception {
        byte[] good = cbor(Map.of("MetricName", "m", "Value", 1));
        for (int length = 0; length < good.length; length++) {
            HttpResponse<byte[]> answer = rpc(PUT, RPC, Arrays.copyOf(good, length));
            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void queryIsAnsweredInXml() throws Exception {
        HttpResponse<byte[]> put = query(Map.of(
                "Action", "PutMetricData",
                "Version", "2010-08-01",
                "Namespace", namespace,
                "MetricData.member.1.MetricName", "m",
                "MetricData.member.1.Value", "1.5",
                "MetricData.member.1.Timestamp", minute.toString(),
                "MetricData.member.1.Dimensions.member.1.Name", "D",
                "MetricData.member.1.Dimensions.member.1.Value", "<1>"));
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(text(put))
                .startsWith("<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                        + "<ResponseMetadata><RequestId>");
        HttpResponse<byte[]> statistics = query(Map.of(
                "Action", "GetMetricStatistics",
                "Version", "2010-08-01",
                "Namespace", namespace,
                "MetricName", "m",
                "Dimensions.member.1.Name", "D",
                "Dimensions.member.1.Value", "<1>",
                "StartTime", minute.toString(),
                "EndTime", minute.plusSeconds(60).toString(),
                "Period", "60",
                "Statistics.member.1", "Sum"));
        assertThat(text(statistics))
                .contains("<GetMetricStatisticsResult><Label>m</Label><Datapoints><member>")
                .contains("<Timestamp>" + minute + "</Timestamp>")
                .contains("<Sum>1.5</Sum>")
                .contains("<Unit>None</Unit>");
        assertThat(text(query(Map.of("Action", "ListMetrics", "Version", "2010-08-01", "Namespace", namespace))))
                .contains("<Dimensions><member><Name>D</Name><Value>&lt;1&gt;</Value></member></Dimensions>");
    }

    @Test
    void queryErrorsHaveTheirOldNames() throws Exception {
        HttpResponse<byte[]> answer = query(Map.of(
                "Action", "PutMetricData",
                "Version", "2010-08-01",
                "Namespace", "AWS/Kinesis",
                "MetricData.member.1.MetricName", "m",
                "MetricData.member.1.Value", "1"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("<Type>Sender</Type><Code>InvalidParameterValue</Code>");
    }

    @Test
    void jsonIsAnsweredInItsOwnVersion() throws Exception {
        String body = "{\"Namespace\": \"" + namespace + "\", \"MetricData\": [{\"MetricName\": \"m\", \"Value\": 1.5,"
                + " \"Timestamp\": " + minute.getEpochSecond() + ".5}]}";
        HttpResponse<byte[]> put = json("PutMetricData", body);
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.0");
        assertThat(text(json(
                        "GetMetricStatistics",
                        "{\"Namespace\": \"" + namespace
                                + "\", \"MetricName\": \"m\", \"Period\": 60, \"Statistics\": [\"Sum\"], \"StartTime\": "
                                + minute.getEpochSecond() + ", \"EndTime\": " + (minute.getEpochSecond() + 60) + "}")))
                .contains("\"Timestamp\":" + minute.getEpochSecond())
                .contains("\"Sum\":1.5");
        HttpResponse<byte[]> wrong = json("PutMetricData", body.replace("Wire/", "AWS/"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(text(wrong)).contains("InvalidParameterValueException");
        assertThat(wrong.headers().firstValue("x-amzn-query-error")).hasValue("InvalidParameterValue;Sender");
    }

    @Test
    void aCompressedBodyIsTakenByTheProtocolsOfTheApi() throws Exception {
        byte[] body = cbor(Map.of("MetricName", "m", "Value", 2, "Timestamp", minute.getEpochSecond()));
        Map<String, String> headers = new HashMap<>(RPC);
        headers.put("Content-Encoding", "gzip");
        assertThat(rpc(PUT, headers, gzip(body)).statusCode()).isEqualTo(200);
        String form = "Action=PutMetricData&Version=2010-08-01&Namespace=" + namespace.replace("/", "%2F")
                + "&MetricData.member.1.MetricName=m&MetricData.member.1.Value=3&MetricData.member.1.Timestamp="
                + minute;
        assertThat(SignedHttp.send(
                                "POST",
                                server.uri("/"),
                                MetricsServer.ROOT,
                                Map.of("Content-Type", "application/x-www-form-urlencoded", "Content-Encoding", "gzip"),
                                gzip(form.getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(sum(minute)).isEqualTo(5);
    }

    @Test
    void aCompressedBodyThatIsTooLargeOrLiesIsRefused() throws Exception {
        Map<String, String> headers = new HashMap<>(RPC);
        headers.put("Content-Encoding", "gzip");
        assertThat(rpc(PUT, headers, gzip(new byte[1024 * 1024 + 1])).statusCode())
                .isEqualTo(413);
        byte[] body = cbor(Map.of("MetricName", "m", "Value", 2, "Timestamp", minute.getEpochSecond()));
        byte[] gzip = gzip(body);
        for (int i = 0; i < gzip.length; i++) {
            byte[] damaged = gzip.clone();
            damaged[i] ^= 0x10;
            // The file's time and system, and the bits that fill the last byte of the data, tell nothing.
            if (!says(damaged, body)) {
                assertThat(rpc(PUT, headers, damaged).statusCode())
                        .as("byte %d", i)
                        .isIn(400, 413);
            }
            assertThat(rpc(PUT, headers, Arrays.copyOf(gzip, i)).statusCode()).isIn(400, 413);
        }
        byte[] bomb = gzip(new byte[100 * 1024 * 1024]);
        // It says that it is small.
        System.arraycopy(new byte[] {0, 16, 0, 0}, 0, bomb, bomb.length - 4, 4);
        assertThat(rpc(PUT, headers, bomb).statusCode()).isEqualTo(400);
        assertThat(server.bean(MetricHistory.class).unitsOf(Metric.of(namespace, "m")))
                .isEmpty();
    }

    @Test
    void aSignatureIsForThePathAndTheBodyAsSent() throws Exception {
        byte[] body = cbor(Map.of("MetricName", "m", "Value", 1));
        Map<String, String> headers = new HashMap<>(RPC);
        headers.put("x-amz-content-sha256", "0".repeat(64));
        HttpResponse<byte[]> unsigned = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(server.uri(PUT))
                                .header("smithy-protocol", "rpc-v2-cbor")
                                .header("Content-Type", "application/cbor")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(unsigned.statusCode()).isEqualTo(400);
        assertThat(CBOR.readTree(unsigned.body()).path("__type").stringValue())
                .isEqualTo("com.amazon.coral.service#MissingAuthenticationTokenException");
    }

    private HttpResponse<byte[]> rpc(String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        return SignedHttp.send("POST", server.uri(path), MetricsServer.ROOT, headers, body);
    }

    private static HttpResponse<byte[]> json(String operation, String body) throws IOException, InterruptedException {
        return SignedHttp.send(
                "POST",
                server.uri("/"),
                MetricsServer.ROOT,
                Map.of(
                        "Content-Type", "application/x-amz-json-1.0",
                        "X-Amz-Target", "GraniteServiceVersion20100801." + operation,
                        "x-amzn-query-mode", "true"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> query(Map<String, String> parameters) throws IOException, InterruptedException {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return SignedHttp.send(
                "POST",
                server.uri("/"),
                MetricsServer.ROOT,
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                form.getBytes(StandardCharsets.UTF_8));
    }

    private double sum(Instant from) {
        return server
                .bean(MetricHistory.class)
                .read(Metric.of(namespace, "m"), null, from, Instant.now().plusSeconds(60), 60)
                .values()
                .stream()
                .mapToDouble(io.riacho.metrics.history.Statistics::sum)
                .sum();
    }

    private byte[] cbor(Map<String, Object> datum) {
        return CBOR.writeValueAsBytes(Map.of("Namespace", namespace, "MetricData", java.util.List.of(datum)));
    }

    private static boolean says(byte[] gzip, byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return Arrays.equals(in.readNBytes(2 * body.length), body);
        } catch (IOException notGzip) {
            return false;
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    /** A text of CBOR, in hexadecimal digits. */
    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String head = bytes.length < 24
                ? HexFormat.of().toHexDigits((byte) (0x60 + bytes.length))
                : "78" + HexFormat.of().toHexDigits((byte) bytes.length);
        return head + HexFormat.of().formatHex(bytes);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
