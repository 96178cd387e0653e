package io.riacho.streams.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.tls.TlsListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How plain requests come, and what is written down of those that are refused; on a platform where Spring Boot trusts proxies. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestOnTheWayTest {

    private static WireServer server;
    private static String stream = "";

    @BeforeAll
    static void start() {
        server = WireServer.ofItsOwn(
                "--riacho.streams.transition=1ms",
                "--spring.main.cloud-platform=kubernetes",
                "--spring.main.sources=io.riacho.streams.wire.Undecided");
        stream = server.createStream(1);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void itIsServedOverHttp2() throws Exception {
        try (HttpClient http = http2()) {
            HttpResponse<String> list = http.send(get("/v1/streams").build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> put = http.send(
                    get("/v1/streams/" + stream + "/records?partitionKey=k")
                            .POST(HttpRequest.BodyPublishers.ofString("over HTTP/2"))
                            .header("Content-Type", "text/plain")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<InputStream> events = http.send(
                    get("/v1/streams/" + stream + "/records?from=trim-horizon&as=text")
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());

            assertThat(List.of(list.version(), put.version(), events.version()))
                    .containsOnly(HttpClient.Version.HTTP_2);
            assertThat(list.body()).contains(stream);
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
            try (InputStream in = events.body()) {
                StringBuilder read = new StringBuilder();
                while (read.indexOf("over HTTP/2") < 0) {
                    int next = in.read();
                    assertThat(next).as(read.toString()).isNotNegative();
                    read.append((char) next);
                }
            }
            http.shutdownNow();
        }
    }

    @Test
    void itIsRefusedOverHttp2AsOverHttp11() throws Exception {
        try (HttpClient http = http2()) {
            HttpResponse<String> refused = http.send(
                    HttpRequest.newBuilder(https("/v1/streams")).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("content-type")).contains("application/problem+json");
        }
    }

    @Test
    void credentialsThatAreNotAcceptedAreAudited() {
        byte[] nothing = {};
        RestAnswer answer = RestClient.ofNobody(server)
                .send("GET", "/v1/streams/" + stream, null, nothing, "Authorization", "Bearer not-a-good-token");
        answer.problem(401, "UnrecognizedClientException");

        JsonNode line = audited(answer);
        assertThat(line.path("outcome").asString()).isEqualTo("unauthenticated");
        assertThat(line.path("error").asString()).isEqualTo("UnrecognizedClientException");
        assertThat(line.path("action").asString()).isEqualTo("kinesis:GET /v1/streams/" + stream);
        assertThat(line.toString()).doesNotContain("not-a-good");
    }

    @Test
    void aDenialIsAudited() {
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:ListStreams", "*"));
        RestAnswer answer = RestClient.of(server, user).get("/v1/streams/" + stream);
        answer.problem(403, "AccessDeniedException");

        JsonNode line = audited(answer);
        assertThat(line.path("outcome").asString()).isEqualTo("denied");
        assertThat(line.path("principal").asString()).isEqualTo(user.arn());
        assertThat(line.path("resource").asString()).isEqualTo(WireServer.arn(stream));
        assertThat(line.toString()).doesNotContain(user.token());
    }

    @Test
    void noHeaderChangesTheAddressThatARequestComesFrom() {
        TestUsers.User inside = server.users().with("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*",
                          "Condition": {"IpAddress": {"aws:SourceIp": ["10.1.1.1", "127.0.0.1"]}}},
                          {"Effect": "Deny", "Action": "kinesis:*", "Resource": "*",
                          "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}}]}""");
        TestUsers.User secure = server.users().with("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*",
                          "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}""");
        byte[] nothing = {};
        for (String header : List.of(
                "X-Forwarded-For",
                "X-Real-IP",
                "X-Client-IP",
                "Client-IP",
                "True-Client-IP",
                "CF-Connecting-IP",
                "X-Cluster-Client-IP",
                "X-Remote-Addr",
                "X-Forwarded",
                "Forwarded-For")) {
            RestClient.of(server, inside)
                    .send("GET", "/v1/streams", null, nothing, header, "10.1.1.1")
                    .problem(403, "AccessDeniedException");
        }
        RestClient.of(server, inside)
                .send("GET", "/v1/streams", null, nothing, "Forwarded", "for=10.1.1.1;proto=https")
                .problem(403, "AccessDeniedException");
        RestClient.of(server, secure)
                .send(
                        "GET",
                        "/v1/streams",
                        null,
                        nothing,
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Port",
                        "443",
                        "X-Forwarded-Ssl",
                        "on",
                        "Front-End-Https",
                        "on",
                        "X-Forwarded-For",
                        "10.1.1.1")
                .problem(403, "AccessDeniedException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "value", "writer", "status", "redirect", "flush", "empty", "header"})
    void whatNobodyDecidedOnIsNotTold(String way) {
        RestAnswer answer = RestClient.ofRoot(server).get("/v1/undecided/" + way);

        answer.problem(500, "InternalFailure");
        assertThat(answer.text()).doesNotContain("secret");
        assertThat(answer.header("Location") + answer.header("X-Answer")).isEmpty();
    }

    @Test
    void whatWasDecidedOnIsTold() {
        assertThat(RestClient.ofRoot(server)
                        .get("/v1/undecided/decided")
                        .has(200)
                        .text())
                .contains("secret");
    }

    private static JsonNode audited(RestAnswer answer) {
        String id = answer.header("x-amzn-RequestId");
        WireServer.await(() -> line(id).isPresent());
        return line(id).orElseThrow();
    }

    private static Optional<JsonNode> line(String requestId) {
        try {
            return Files.readAllLines(server.folder().resolve("audit/audit.log"), UTF_8).stream()
                    .filter(line -> line.contains(requestId) && line.endsWith("}"))
                    .map(line -> (JsonNode) JsonMapper.shared().readTree(line))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(https(path))
                .header("Authorization", "Bearer " + server.users().root().token());
    }

    private static URI https(String path) {
        return URI.create("https://localhost:"
                + server.bean("tlsListener", TlsListener.class).port() + path);
    }

    private static HttpClient http2() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream ca = Files.newInputStream(server.folder().resolve("tls/ca.crt"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(context)
                .build();
    }
}
