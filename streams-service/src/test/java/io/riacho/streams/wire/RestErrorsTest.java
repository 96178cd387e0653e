package io.riacho.streams.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestErrorsTest {

    private static final String UNKNOWN = "UnrecognizedClientException";

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);
    private String stream = "";

    @BeforeEach
    void aStream() {
        stream = server.createStream(1);
    }

    @Test
    void whoShowsNoCredentialsIsAskedForThem() {
        RestAnswer answer = RestClient.ofNobody(server).get("/v1/streams");

        assertThat(answer.problem(401, "MissingAuthenticationTokenException"))
                .isEqualTo("Missing Authentication Token");
        assertThat(answer.headers("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"riacho\"", "AWS4-HMAC-SHA256 realm=\"riacho\"");
    }

    @Test
    void aTokenThatIsNotKnownIsRefused() {
        RestClient nobody = RestClient.ofNobody(server);
        byte[] nothing = {};

        RestAnswer answer = nobody.send("GET", "/v1/streams", null, nothing, "Authorization", "Bearer nonsense");

        answer.problem(401, UNKNOWN);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"riacho\", error=\"invalid_token\"");
        nobody.send("GET", "/v1/streams", null, nothing, "Authorization", "Basic YTpi")
                .problem(401, "IncompleteSignatureException");
    }

    @Test
    void aRequestMayBeSignedInsteadAndItsBodyIsPartOfTheSignature() {
        byte[] data = "signed".getBytes(UTF_8);
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:*", "*"));
        String path = "/v1/streams/" + stream + "/records?partitionKey=k";

        RestClient.of(server, user).sendSigned("POST", path, "text/plain", data).has(200);
        RestClient.of(server, user)
                .sendSigned("GET", "/v1/streams/" + stream, "text/plain", new byte[0])
                .has(200);
        TestUsers.User wrong = new TestUsers.User(user.caller(), user.accessKeyId(), "another secret", "");
        RestAnswer refused = RestClient.of(server, wrong).sendSigned("POST", path, "text/plain", data);
        refused.problem(401, "InvalidSignatureException");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"riacho\"");
    }

    @Test
    void aStrangersBodyIsNotWaitedFor() throws IOException {
        try (Socket socket =
                new Socket(server.endpoint().getHost(), server.endpoint().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /v1/streams/" + stream + "/records HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Length: 10000000\r\nAuthorization: Bearer nonsense\r\n\r\n")
                            .getBytes(ISO_8859_1));

            byte[] start = new byte[12];
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(start, 0, start.length)).isEqualTo(start.length);

            assertThat(new String(start, ISO_8859_1)).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void whoMayNotIsToldWhatIsMissing() {
        TestUsers.User user = server.users().with();

        RestAnswer answer = RestClient.of(server, user).get("/v1/streams/" + stream);

        assertThat(answer.problem(403, "AccessDeniedException"))
                .isEqualTo("User: " + user.arn()
                        + " is not authorized to perform: kinesis:DescribeStreamSummary on resource: "
                        + WireServer.arn(stream) + " because no identity-based policy allows the"
                        + " kinesis:DescribeStreamSummary action");
    }

    @Test
    void whoMayNotIsNotToldWhetherAStreamIsThere() {
        RestClient nobody = RestClient.of(server, server.users().with());

        nobody.get("/v1/streams/not-there").problem(403, "AccessDeniedException");
        nobody.subscribeRefused("/v1/streams/not-there/records").problem(403, "AccessDeniedException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/stream", "/v1/streamsX", "/v1/", "/v1/openapi.json/x"})
    void aPathThatLeadsNowhereIsNotFound(String path) {
        rest.get(path).problem(404, "NotFoundException");
    }

    @Test
    void aPathBelowStreamsThatLeadsNowhereIsNotFound() {
        rest.get("/v1/streams/" + stream + "/nothing").problem(404, "NotFoundException");
        rest.get("/v1/streams/").problem(404, "NotFoundException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/docs/../streams",
                "/v1/streams//x",
                "/v1/./streams",
                "/v1/streams;x=1",
                "/v1/docs/%2e%2e/streams",
                "/v1/streams/..",
                "/v1/docs/%252e%252e/streams"
            })
    void aPathThatCouldBeReadInTwoWaysIsNotServed(String path) throws IOException {
        try (Socket socket =
                new Socket(server.endpoint().getHost(), server.endpoint().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));

            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answer).matches("(?s)HTTP/1.1 40[0134] .*").doesNotContain("\"streams\"");
        }
    }

    @Test
    void aMethodThatIsNotTakenIsToldWhichAre() {
        RestAnswer answer = rest.send("PUT", "/v1/streams", "application/json", "{}".getBytes(UTF_8));

        answer.problem(405, "MethodNotAllowedException");
        assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void mediaTypesAreChecked() {
        rest.send("POST", "/v1/streams", "text/plain", "{}".getBytes(UTF_8))
                .problem(415, "UnsupportedMediaTypeException");
        rest.send("GET", "/v1/streams", null, new byte[0], "Accept", "text/html")
                .problem(406, "NotAcceptableException");
        rest.send(
                        "POST",
                        "/v1/streams/" + stream + "/records?partitionKey=k",
                        "text/plain",
                        new byte[1],
                        "Content-Encoding",
                        "gzip")
                .problem(415, "UnsupportedMediaTypeException");
    }

    @Test
    void formsAreDataAsAllElse() {
        String path = "/v1/streams/" + stream + "/records?partitionKey=k";
        byte[] form = "partitionKey=other&a=b".getBytes(UTF_8);

        rest.send("POST", path, "application/x-www-form-urlencoded", form).has(200);
        rest.send("POST", path, "multipart/form-data; boundary=x", form).has(200);
        rest.send("POST", path, "multipart/form-data", form).has(200);
        assertThat(server.getRecords(server.iterator(stream, "0", "TRIM_HORIZON")).path("Records").values().stream()
                        .map(record -> record.path("PartitionKey").asString()))
                .containsExactly("k", "k", "k");
    }

    @Test
    void headIsAnsweredWithoutReading() {
        rest.send("HEAD", "/v1/streams/" + stream + "/records", null, new byte[0])
                .has(200);
        rest.send("HEAD", "/v1/streams/" + stream, null, new byte[0]).has(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        rest.send("POST", "/v1/streams/" + stream + "/records?partitionKey=k", "text/plain", new byte[(16 << 20) + 1])
                .problem(413, "RequestEntityTooLargeException");
        rest.send("POST", "/v1/streams/" + stream + "/records?partitionKey=k", "text/plain", new byte[(1 << 20) + 1])
                .problem(400, "ValidationException");
    }

    @Test
    void aRequestThatOnlyReadsHasNoBody() {
        rest.send("GET", "/v1/streams", "text/plain", new byte[1]).problem(400, "ValidationException");
    }

    @Test
    void aValueOfAnotherTypeIsNamed() {
        assertThat(rest.get("/v1/streams?limit=many").problem(400, "ValidationException"))
                .contains("'limit'");
        assertThat(rest.get("/v1/streams?limit=0").problem(400, "ValidationException"))
                .contains("'limit'");
        rest.get("/v1/streams?nextToken=nonsense").problem(400, "InvalidArgumentException");
        rest.get("/v1/streams/" + stream + "?include=all").problem(400, "ValidationException");
        rest.get("/v1/streams/" + "x".repeat(129)).problem(400, "ValidationException");
        rest.get("/v1/streams/%C3%A9").problem(400, "ValidationException");
    }

    @Test
    void answersAreNotCachedAndNotGuessedAt() {
        RestAnswer answer = rest.get("/v1/streams/" + stream);

        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("x-amzn-RequestId")).hasSize(36);
    }

    @Test
    void pagesOfOtherOriginsAreNotLetInByDefault() {
        RestAnswer answer =
                rest.send("GET", "/v1/streams/" + stream, null, new byte[0], "Origin", "https://elsewhere.example");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        RestClient.ofNobody(server)
                .send(
                        "OPTIONS",
                        "/v1/streams",
                        null,
                        new byte[0],
                        "Origin",
                        "https://elsewhere.example",
                        "Access-Control-Request-Method",
                        "GET")
                .problem(401, "MissingAuthenticationTokenException");
    }

    @Test
    void pagesOfTheOriginsThatAreNamedAreLetIn() {
        WireServer open = WireServer.slow();
        RestClient browser = RestClient.ofNobody(open);

        RestAnswer preflight = browser.send(
                "OPTIONS",
                "/v1/streams",
                null,
                new byte[0],
                "Origin",
                "https://console.example",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
        RestAnswer other = browser.send(
                "OPTIONS",
                "/v1/streams",
                null,
                new byte[0],
                "Origin",
                "https://elsewhere.example",
                "Access-Control-Request-Method",
                "GET");

        assertThat(preflight.has(200).header("Access-Control-Allow-Origin")).isEqualTo("https://console.example");
        assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("authorization");
        other.has(403);
        browser.send("GET", "/v1/streams", null, new byte[0], "Origin", "https://console.example")
                .problem(401, "MissingAuthenticationTokenException");
    }
}
