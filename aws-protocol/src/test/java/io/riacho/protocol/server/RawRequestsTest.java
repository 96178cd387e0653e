package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no SDK would send. The timeout only makes a failure of a test that would wait for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RawRequestsTest {

    private static final String HOST = "Host: 127.0.0.1\n";
    private static final String JSON_TYPE = "Content-Type: application/x-amz-json-1.1\n";
    private static final String CBOR_TYPE = "Content-Type: application/x-amz-cbor-1.1\n";
    private static final String TARGET = "X-Amz-Target: Kinesis_20131202.ListStreams\n";
    private static final String EMPTY = "Content-Length: 2\n\n{}";
    private static final String ACCESS_DENIED = "<AccessDeniedException>\n"
            + "  <Message>Unable to determine service/operation name to be authorized</Message>\n"
            + "</AccessDeniedException>\n";

    private static ToyKinesis toy;
    private static SignedText signed;

    @BeforeAll
    static void start() {
        toy = new ToyKinesis("riacho.protocol.max-body=1MB", "riacho.protocol.body-memory=4MB");
        signed = new SignedText(toy.port());
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    @Test
    void everyAnswerCarriesItsIds() throws IOException {
        RawAnswer first = exchange("GET / HTTP/1.1\n" + HOST + "\n");
        RawAnswer second = exchange("GET / HTTP/1.1\n" + HOST + "\n");

        assertThat(first.header("x-amzn-requestid"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(second.header("x-amzn-requestid"));
        assertThat(first.header("x-amz-id-2")).hasSize(96).isNotEqualTo(second.header("x-amz-id-2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "OPTIONS", "DELETE", "PATCH", "FOO"})
    void onlyPostIsAnOperation(String method) throws IOException {
        RawAnswer answer = exchange(method + " / HTTP/1.1\n" + HOST + "\n");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo(ACCESS_DENIED);
        assertThat(answer.header("content-type")).isNull();
    }

    @Test
    void aRequestInNoFormatAndWithoutATargetIsDenied() throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST + EMPTY);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo(ACCESS_DENIED);
    }

    @Test
    void aTargetInNoFormatIsUnknown() throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST + TARGET + "Content-Type: application/json\n" + EMPTY);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("<UnknownOperationException/>\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Amz-Target: Kinesis_20131202.ListStream\n",
                "X-Amz-Target: Kinesis_20131202\n",
                "X-Amz-Target: .ListStreams\n",
                "X-Amz-Target: DynamoDB_20120810.ListTables\n",
                "X-Amz-Target: \n",
            })
    void anUnknownTargetIsAnUnknownOperation(String target) throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST + target + JSON_TYPE + EMPTY);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"UnknownOperationException\"}");
        assertThat(answer.header("content-type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(answer.header("x-amzn-errortype")).isEqualTo("UnknownOperationException");
    }

    @Test
    void anErrorIsInTheRequestsFormat() throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST + CBOR_TYPE + EMPTY);

        assertThat(answer.header("content-type")).isEqualTo("application/x-amz-cbor-1.1");
        assertThat(HexFormat.of().formatHex(answer.bytes()))
                .contains(HexFormat.of().formatHex("UnknownOperationException".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aContentTypeMayHaveParameters() throws IOException {
        RawAnswer answer = exchange(
                signed.head("ListStreams", "application/x-amz-json-1.1; charset=UTF-8", "{}".getBytes()) + "{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/x-amz-json-1.1");
    }

    @Test
    void aRequestWithoutCredentialsIsRefused() throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST + TARGET + JSON_TYPE + EMPTY);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"MissingAuthenticationTokenException\","
                        + "\"message\":\"Missing Authentication Token\"}");
    }

    @Test
    void aStrangersBodyIsNotWaitedFor() throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            http.send("POST / HTTP/1.1\n" + HOST + TARGET + JSON_TYPE + "Content-Length: 1000000\n\n{");
            // The answer comes though the body does not.
            assertThat(http.answer().body()).contains("MissingAuthenticationTokenException");
        }
    }

    @Test
    void aBodyThatIsNoStructureIsASerializationException() throws IOException {
        for (String body : new String[] {"", "hello", "[]", "{\"StreamName\":"}) {
            RawAnswer answer = exchange(signed.head("ListStreams", body) + body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"__type\":\"SerializationException\"}");
        }
    }

    @Test
    void aTamperedBodyIsRefused() throws IOException {
        RawAnswer answer = exchange(signed.head("ListStreams", "{\"Limit\":1}") + "{\"Limit\":2}");

        assertThat(answer.body()).contains("InvalidSignatureException");
    }

    @Test
    void aViolatedConstraintIsAValidationException() throws IOException {
        String body = "{\"StreamName\":\"\\u00e9\"}";
        RawAnswer answer = exchange(signed.head("CreateStream", body) + body);

        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"ValidationException\",\"message\":\"1 validation error detected: Value 'é'"
                        + " at 'streamName' failed to satisfy constraint: Member must satisfy regular expression"
                        + " pattern: [a-zA-Z0-9_.-]+\"}");
    }

    @Test
    void anUnexpectedFailureTellsNothing() throws IOException {
        String body = "{\"StreamName\":\"broken\"}";
        RawAnswer answer = exchange(signed.head("CreateStream", body) + body);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"InternalFailure\"}");
    }

    @Test
    void anOperationWithoutOutputAnswersWithNothing() throws IOException {
        String body = "{\"StreamName\":\"s\"}";
        RawAnswer answer = exchange(signed.head("CreateStream", body) + body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-length")).isEqualTo("0");
        assertThat(answer.header("content-type")).isEqualTo("application/x-amz-json-1.1");
    }

    @Test
    void anOperationMayWriteTheWireItself() throws IOException {
        String body = "{\"ShardIterator\":\"i\"}";
        RawAnswer answer = exchange(signed.head("GetRecords", body) + body);

        assertThat(answer.body()).isEqualTo("{}");
    }

    @Test
    void aBodyInChunksIsRead() throws IOException {
        String head =
                signed.head("ListStreams", SignedText.JSON, "{\"Limit\":1}".getBytes(), "Transfer-Encoding: chunked");
        RawAnswer answer = exchange(head + "5\n{\"Lim\n6\nit\":1}\n0\n\n");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aBodyOfManyChunksIsRead() throws IOException {
        byte[] body = ("{\"x\":\"" + "y".repeat(900_000) + "\"}").getBytes();
        String head = signed.head("ListStreams", SignedText.JSON, body, "Transfer-Encoding: chunked");
        RawAnswer answer = exchange(head + Integer.toHexString(body.length) + "\n" + new String(body) + "\n0\n\n");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aClientMayWaitToBeToldToGoOn() throws IOException {
        byte[] body = "{}".getBytes();
        try (RawHttp http = new RawHttp(toy.port())) {
            http.send(signed.head("ListStreams", SignedText.JSON, body, "Content-Length: 2\nExpect: 100-continue"));
            assertThat(http.answer().status()).isEqualTo(100);
            assertThat(http.send(body).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aStrangerIsNotToldToGoOn() throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            http.send(
                    "POST / HTTP/1.1\n" + HOST + TARGET + JSON_TYPE + "Content-Length: 1000\nExpect: 100-continue\n\n");
            assertThat(http.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefused() throws IOException {
        RawAnswer answer =
                exchange(signed.head("ListStreams", SignedText.JSON, new byte[0], "Content-Length: 1048577"));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("RequestEntityTooLargeException");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefused() throws IOException {
        String head = signed.head("ListStreams", SignedText.JSON, new byte[0], "Transfer-Encoding: chunked");
        RawAnswer answer = exchange(head + "100001\n" + "x".repeat(0x100001) + "\n0\n\n");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void theLargestBodyIsAccepted() throws IOException {
        String body = "{\"x\":\"" + "y".repeat(1_048_576 - 8) + "\"}";
        RawAnswer answer = exchange(signed.head("ListStreams", body) + body);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void theLargestBodyIsAcceptedInChunksToo() throws IOException {
        byte[] body = ("{\"x\":\"" + "y".repeat(1_048_576 - 8) + "\"}").getBytes();
        String head = signed.head("ListStreams", SignedText.JSON, body, "Transfer-Encoding: chunked");
        RawAnswer answer = exchange(head + Integer.toHexString(body.length) + "\n" + new String(body) + "\n0\n\n");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void anEncodedBodyIsRefused() throws IOException {
        RawAnswer answer = exchange(signed.head(
                        "ListStreams", SignedText.JSON, "{}".getBytes(), "Content-Length: 2\nContent-Encoding: gzip")
                + "{}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("Content-Encoding gzip is not supported.");
    }

    @Test
    void anUploadThatIsBrokenOffGivesItsMemoryBack() throws Exception {
        toy.awaitAllBodyMemoryFree();
        BodyMemory memory = toy.bean(BodyMemory.class);
        long free = memory.freeBytes();
        try (RawHttp http = new RawHttp(toy.port())) {
            http.send(signed.head("ListStreams", SignedText.JSON, new byte[0], "Content-Length: 1000000") + "{");
            while (memory.freeBytes() == free) {
                Thread.sleep(1);
            }
        }
        toy.awaitAllBodyMemoryFree();
    }

    @Test
    void aConnectionServesManyRequests() throws IOException {
        String request = signed.head("ListStreams", "{}") + "{}";
        try (RawHttp http = new RawHttp(toy.port())) {
            for (int i = 0; i < 300; i++) {
                assertThat(http.send(request).answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void requestsMayBeSentBeforeTheAnswersAreRead() throws IOException {
        String request = signed.head("ListStreams", "{}") + "{}";
        try (RawHttp http = new RawHttp(toy.port())) {
            http.send(request.repeat(20));
            for (int i = 0; i < 20; i++) {
                assertThat(http.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anotherOriginMayAsk() throws IOException {
        RawAnswer answer = exchange(
                "OPTIONS / HTTP/1.1\n" + HOST
                        + "Origin: https://a.example\nAccess-Control-Request-Headers: a, b\nAccess-Control-Request-Method: POST\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("access-control-allow-headers", "a, b")
                .containsEntry("access-control-allow-methods", "POST")
                .containsEntry("access-control-max-age", "172800")
                .containsEntry("content-length", "0");
    }

    @Test
    void otherPathsAreLeftToOthers() throws IOException {
        RawAnswer answer = exchange("POST /actuator/health HTTP/1.1\n" + HOST + TARGET + JSON_TYPE + EMPTY);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-amzn-requestid")).isNull();
    }

    @Test
    void anHttp2ConnectionThatOnlyPingsIsKept() throws IOException {
        byte[] settings = HexFormat.of().parseHex("000000040000000000");
        byte[] ping = HexFormat.of().parseHex("0000080600000000000102030405060708");
        try (RawHttp http = new RawHttp(toy.port())) {
            http.send("PRI * HTTP/2.0\n\nSM\n\n").send(settings);
            int answered = 0;
            for (int i = 0; i < 200; i++) {
                http.send(ping);
                answered += awaitPong(http.in());
            }
            assertThat(answered).isEqualTo(200);
        }
    }

    private static int awaitPong(InputStream in) throws IOException {
        while (true) {
            byte[] head = in.readNBytes(9);
            if (head.length < 9) {
                return 0;
            }
            in.readNBytes((head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF));
            if (head[3] == 6 && head[4] == 1) {
                return 1;
            }
        }
    }

    private static RawAnswer exchange(String request) throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            return http.send(request).answer();
        }
    }
}
