package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers on the way could read in two ways. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmuggledRequestsTest {

    private static ToyIdentity toy;
    private static ToyKinesis kinesis;

    @BeforeAll
    static void start() {
        toy = new ToyIdentity();
        kinesis = new ToyKinesis();
    }

    @AfterAll
    static void stop() {
        toy.close();
        kinesis.close();
    }

    private static HandSigned good() {
        return HandSigned.to(kinesis.port(), "ListStreams");
    }

    @Test
    void twoHostsAreRefused() throws IOException {
        assertBad(afterFirstLine("Host: evil.example\n"));
        assertBad(afterFirstLine("Host: 127.0.0.1:" + kinesis.port() + "\n"));
    }

    @Test
    void aHostThatIsNotTheOneOfTheRequestLineIsRefused() throws IOException {
        assertBad(good().text().replaceFirst("POST /", "POST http://evil.example/"));
        assertBad(good().text().replaceFirst("host: .*\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a-good-token", "Basic YTpi", "AWS4-HMAC-SHA256 Credential=x"})
    void twoAuthorizationsAreRefusedInAnyOrder(String other) throws IOException {
        assertRefused(afterFirstLine("Authorization: " + other + "\n"));
        assertRefused(good().adding("Authorization", other).text());
        assertRefused(good().text().replace("Content-Length", "Authorization: " + other + "\nContent-Length"));
    }

    @Test
    void theSameAuthorizationTwiceIsRefused() throws IOException {
        HandSigned good = good();
        assertRefused(good.adding("Authorization", good.authorization()).text());
    }

    @Test
    void aSecondTargetIsRefused() throws IOException {
        assertRefused(afterFirstLine("X-Amz-Target: Kinesis_20131202.CreateStream\n"));
        assertRefused(
                good().text().replace("Content-Length", "X-Amz-Target: Kinesis_20131202.CreateStream\nContent-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2", "Content-Length: 0", "Content-Length: 200"})
    void twoLengthsAreRefused(String second) throws IOException {
        assertBad(afterFirstLine(second + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+2", "-2", "0x2", "2,2", "2 2", "2;", "9223372036854775808", "２"})
    void aLengthThatIsNoNumberIsRefused(String length) throws IOException {
        assertBad(good().text().replace("Content-Length: 2", "Content-Length: " + length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding : chunked",
                " Transfer-Encoding: chunked",
                "Transfer-Encoding\u0000: chunked",
            })
    void anEncodingOfTheTransferThatIsNotKnownIsRefused(String header) throws IOException {
        RawAnswer answer = exchange(afterFirstLine(header + "\n"));

        assertThat(answer.status()).as(answer.body()).isIn(400, 501);
        assertThat(answer.body()).doesNotContain("StreamNames");
    }

    /** RFC 9112, section 6.1: the length does not count, and the connection is closed, so that nothing can follow. */
    @Test
    void whatFollowsARequestWithALengthAndChunksIsNotServed() throws IOException {
        String hidden = good().text();
        String chunked = good().text()
                .replaceFirst("\\{\\}$", "2\n{}\n0\n\n")
                .replaceFirst("Content-Length: 2", "Content-Length: 4\nTransfer-Encoding: chunked");
        try (RawHttp http = new RawHttp(kinesis.port())) {
            http.send(chunked + hidden);

            RawAnswer first = http.answer();
            assertThat(first.header("connection")).isEqualTo("close");
            assertThatExceptionOfType(IOException.class).isThrownBy(http::answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\n{}\n0\n\n", "2\n{}X\n0\n\n", "-2\n{}\n0\n\n", "2{}\n0\n\n", "10000000000000000\n{}"})
    void brokenChunksAreRefused(String body) throws IOException {
        String chunked = good().text()
                .replaceFirst("\\{\\}$", body)
                .replaceFirst("Content-Length: 2", "Transfer-Encoding: chunked");
        try (RawHttp http = new RawHttp(kinesis.port())) {
            http.send(chunked);
            RawAnswer answer = http.answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("StreamNames");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void aHeaderIsNotContinuedOnTheNextLine() throws IOException {
        assertNotServed(good().text().replace("Kinesis_20131202.ListStreams", "Kinesis_20131202.\n ListStreams"));
        assertNotServed(good().text().replace(", SignedHeaders", ",\n\tSignedHeaders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\r", "\u0001", "\u007f", "\u001b"})
    void aControlCharacterInAHeaderIsRefused(String control) throws IOException {
        assertNotServed(
                good().text().replace("Kinesis_20131202.ListStreams", "Kinesis_20131202." + control + "ListStreams"));
        assertNotServed(good().text().replace("content-type: a", "content-type: " + control + "a"));
        assertNotServed(good().adding("x", "a" + control + "X-Amz-Target: Kinesis_20131202.CreateStream")
                .text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-amz-target : ", "x-amz-target\t: ", "x-amz-target", "(x-amz-target): ", "x amz target: "})
    void aHeaderNameThatIsNoneIsRefused(String name) throws IOException {
        assertNotServed(good().text().replace("x-amz-target: ", name));
    }

    @Test
    void aBareLineFeedBeforeAHeaderAddsNone() throws IOException {
        byte[] bytes = good().text()
                .replace("\n", "\r\n")
                .replace("x: y", "")
                .replaceFirst("POST / HTTP/1.1\r\n", "POST / HTTP/1.1\nX-Amz-Target: Kinesis_20131202.CreateStream\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (RawHttp http = new RawHttp(kinesis.port())) {
            assertThat(http.send(bytes).answer().status()).isEqualTo(400);
        }
    }

    @Test
    void aSignatureInTheHeaderAndOneInTheQueryAreRefused() throws IOException {
        String presigned =
                new SignedForm(toy.port(), "iam", ToyIdentity.REGION).presigned("Action=GetUser&Version=2010-05-08");
        for (String authorization : new String[] {
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0",
            "Bearer " + ToyIdentity.TOKEN,
            "Basic YTpi"
        }) {
            RawAnswer answer = exchangeWithIdentity(presigned, "Authorization: " + authorization + "\n");

            assertThat(answer.status()).isBetween(400, 403);
            assertThat(answer.body()).contains("Found both").doesNotContain("GetUserResult");
        }
        assertThat(exchangeWithIdentity(presigned, "").body()).contains("GetUserResult");
    }

    @Test
    void aTokenIsTakenFromTheHeaderOnly() throws IOException {
        String query = "/?Action=GetCallerIdentity&Version=2011-06-15";
        assertThat(exchangeWithIdentity(query, "Authorization: Bearer " + ToyIdentity.TOKEN + "\n")
                        .body())
                .contains("GetCallerIdentityResult");

        for (String attempt :
                new String[] {"access_token", "bearer_token", "token", "Authorization", "X-Amz-Security-Token"}) {
            assertThat(exchangeWithIdentity(query + "&" + attempt + "=" + ToyIdentity.TOKEN, "")
                            .body())
                    .doesNotContain("GetCallerIdentityResult");
            assertThat(exchangeWithIdentity(query + "&" + attempt + "=Bearer%20" + ToyIdentity.TOKEN, "")
                            .body())
                    .doesNotContain("GetCallerIdentityResult");
            assertThat(exchangeWithIdentity(query, "Cookie: " + attempt + "=" + ToyIdentity.TOKEN + "\n")
                            .body())
                    .doesNotContain("GetCallerIdentityResult");
        }
        assertThat(exchangeWithIdentity(query, "Proxy-Authorization: Bearer " + ToyIdentity.TOKEN + "\n")
                        .body())
                .doesNotContain("GetCallerIdentityResult");
        assertThat(exchangeWithIdentity(query, "Authorization: Bearer " + ToyIdentity.TOKEN + ", Bearer x\n")
                        .body())
                .doesNotContain("GetCallerIdentityResult");
    }

    private static String afterFirstLine(String header) {
        return good().text().replaceFirst("HTTP/1.1\n", "HTTP/1.1\n" + header);
    }

    /** Refused by HTTP itself. */
    private static void assertBad(String request) throws IOException {
        RawAnswer answer = exchange(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("StreamNames");
    }

    private static void assertRefused(String request) throws IOException {
        RawAnswer answer = exchange(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).containsAnyOf("InvalidSignatureException", "UnrecognizedClientException");
    }

    private static void assertNotServed(String request) throws IOException {
        RawAnswer answer = exchange(request);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("StreamNames");
    }

    private static RawAnswer exchange(String request) throws IOException {
        try (RawHttp http = new RawHttp(kinesis.port())) {
            return http.send(request).answer();
        }
    }

    private static RawAnswer exchangeWithIdentity(String path, String header) throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            return http.send("GET " + path + " HTTP/1.1\nHost: 127.0.0.1:" + toy.port() + "\n" + header + "\n")
                    .answer();
        }
    }
}
