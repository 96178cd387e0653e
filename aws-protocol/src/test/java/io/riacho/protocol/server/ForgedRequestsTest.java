package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has seen a signed request go by, or holds a key that is for something else, and tries to make more of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedRequestsTest {

    private static final String MISMATCH = "The request signature we calculated does not match";

    private static ToyKinesis toy;

    @BeforeAll
    static void start() {
        toy = new ToyKinesis();
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    private static HandSigned seen() {
        return HandSigned.to(toy.port(), "ListStreams");
    }

    @Test
    void asItIsTheRequestIsServed() throws IOException {
        assertThat(exchange(seen().text()).status()).isEqualTo(200);
    }

    @Test
    void itIsTooOldAfterFiveMinutes() throws IOException {
        assertRefused(seen().at(Instant.now().minus(Duration.ofSeconds(310))).text(), "Signature expired");
    }

    @Test
    void itIsNotGoodBeforeItsTime() throws IOException {
        assertRefused(seen().at(Instant.now().plus(Duration.ofSeconds(310))).text(), "Signature not yet current");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\{\\}$                                | {\"Limit\":1}   | InvalidSignatureException",
                "POST / HTTP                            | POST /?Limit=1 HTTP | InvalidSignatureException",
                "POST / HTTP                            | POST /? HTTP    | 200",
                "host: 127.0.0.1                        | host: localhost | InvalidSignatureException",
                "host: 127.0.0.1:[0-9]+                 | host: 127.0.0.1 | InvalidSignatureException",
                "Kinesis_20131202.ListStreams           | Kinesis_20131202.CreateStream | InvalidSignatureException",
                "content-type: application/x-amz-json   | content-type: application/x-amz-cbor | InvalidSignatureException",
                "x-amz-date: 20..                       | x-amz-date: 2020 | InvalidSignatureException",
                "AKIDEXAMPLE                            | AKIDUSER        | 200",
                "Signature=....                         | Signature=0000  | InvalidSignatureException",
                "SignedHeaders=content-type;            | SignedHeaders=  | InvalidSignatureException",
                "SignedHeaders=content-type;host        | SignedHeaders=host;content-type | InvalidSignatureException",
                "us-east-1                              | us-west-2       | Credential should be scoped to a valid region",
                "/kinesis/                              | /iam/           | Credential should be scoped to correct service",
                "AWS4-HMAC-SHA256                       | AWS4-HMAC-SHA1  | IncompleteSignatureException",
                "AWS4-HMAC-SHA256                       | AWS4-ECDSA-P256-SHA256 | IncompleteSignatureException",
                "aws4_request                           | aws5_request    | Credential should be scoped with a valid terminator",
            })
    void anotherRequestDoesNotHaveTheSameSignature(String part, String other, String expected) throws IOException {
        String forged =
                seen().text().replaceFirst(part, other.replace("{", "\\{").replace("$", "\\$"));
        forged = forged.endsWith("{\"Limit\":1}") ? forged.replace("Content-Length: 2", "Content-Length: 11") : forged;
        assertThat(forged).isNotEqualTo(seen().text());

        if (expected.equals("200")) {
            // Not part of what is signed: an empty query, and whose key of the same secret it is.
            assertThat(exchange(forged).status()).isEqualTo(200);
        } else {
            assertRefused(forged, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD", "PATCH", "OPTIONS", "TRACE", "CONNECT", "post"})
    void anotherMethodIsNotServed(String method) throws IOException {
        RawAnswer answer = exchangeHead(seen().text().replaceFirst("POST", method));

        assertThat(answer.status()).isBetween(400, 501);
        assertThat(answer.body()).doesNotContain("StreamNames");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/x", "//", "/.", "/..", "/x/..", "/%2e", "/%2f", "/%2e%2e/", "/;a=b", "/./", "/v1/streams"})
    void anotherPathIsNotServed(String path) throws IOException {
        RawAnswer answer = exchange(seen().text().replaceFirst("POST /", "POST " + path));

        // A path that is the same in its normal form is the same.
        assertThat(answer.status() == 200
                        && !java.util.Set.of("//", "/.", "/..", "/x/..", "/./").contains(path))
                .as(path + " is served: " + answer.body())
                .isFalse();
    }

    @Test
    void whatIsAskedForHasToBeSigned() throws IOException {
        assertRefused(seen().notSigning("x-amz-target").text(), "'X-Amz-Target' must be a 'SignedHeader'");
    }

    @Test
    void theHostHasToBeSigned() throws IOException {
        assertRefused(seen().notSigning("host").text(), "'Host' or ':authority' must be a 'SignedHeader'");
    }

    /** The time is signed, whether its header is or not. */
    @Test
    void aDateThatIsNotASignedHeaderCannotBeExchanged() throws IOException {
        String text = seen().notSigning("x-amz-date").text();
        assertThat(exchange(text).status()).isEqualTo(200);

        String day = seen().day();
        String later = text.replaceFirst("x-amz-date: .*", "x-amz-date: " + day + "T000000Z");
        assertThat(exchange(later).body()).containsAnyOf(MISMATCH, "Signature expired");
        int minute = Integer.parseInt(text.replaceFirst("(?s).*x-amz-date: \\d{8}T\\d{4}(\\d\\d).*", "$1"));
        String aSecondOff = text.replaceFirst(
                "(x-amz-date: \\d{8}T\\d{4})\\d\\d", "$1" + "%02d".formatted(minute == 0 ? 1 : minute - 1));
        assertRefused(aSecondOff, MISMATCH);
    }

    /** PHP's SDK does not sign it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-amz-cbor-1.1",
                "application/x-www-form-urlencoded",
                "application/json",
                "text/plain",
                "application/x-amz-json-1.0"
            })
    void aContentTypeThatIsNotSignedIsNoUseToWhoExchangesIt(String other) throws IOException {
        String text = seen().notSigning("content-type").text();
        assertThat(exchange(text).status()).isEqualTo(200);

        RawAnswer answer = exchange(text.replace(SignedText.JSON, other));
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("StreamNames");
    }

    @Test
    void aSecurityTokenCannotBeAddedNorTakenAway() throws IOException {
        assertRefused(seen().adding("x-amz-security-token", "t").text(), "UnrecognizedClientException");
        assertRefused(
                seen().signing("x-amz-security-token", "t").text().replaceFirst("x-amz-security-token: t\n", ""),
                MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNSIGNED-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            })
    void theBodyIsSignedWhateverTheRequestSays(String hash) throws IOException {
        assertRefused(
                seen().signing("x-amz-content-sha256", hash).payloadHash(hash).text(), MISMATCH);
        assertRefused(
                seen().adding("x-amz-content-sha256", hash).payloadHash(hash).text(), MISMATCH);
    }

    @Test
    void aBodyInSignedChunksIsRefused() throws IOException {
        String chunks =
                "2;chunk-signature=" + "0".repeat(64) + "\r\n{}\r\n0;chunk-signature=" + "0".repeat(64) + "\r\n\r\n";
        RawAnswer answer = exchange(seen().signing("content-encoding", "aws-chunked")
                .signing("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                .signing("x-amz-decoded-content-length", "2")
                .payloadHash("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                .body(chunks)
                .text()
                .replace("\r\n", "\n"));

        assertThat(answer.status()).isEqualTo(415);
    }

    /** A service that is broken into gives away the day's keys of its callers: for itself, here, and for today. */
    @ParameterizedTest
    @CsvSource({
        "0,us-east-1,iam",
        "0,us-east-1,firehose",
        "0,eu-west-1,kinesis",
        "1,us-east-1,kinesis",
        "-1,us-east-1,kinesis"
    })
    void theDaysKeyOfAnotherScopeDoesNotSignThisOne(int days, String region, String service) throws IOException {
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(days).format(DateTimeFormatter.BASIC_ISO_DATE);
        String scope = day + "/" + region + "/" + service;

        assertRefused(seen().keyOf(scope).text(), MISMATCH);
        assertRefused(seen().scope(scope).text(), "Credential");
        // Nor does a day of the past become today by a date of then.
        if (days < 0) {
            assertRefused(
                    seen().at(Instant.now().minus(Duration.ofDays(1)))
                            .keyOf(scope)
                            .text(),
                    "Signature expired");
        }
    }

    private static void assertRefused(String request, String expected) throws IOException {
        RawAnswer answer = exchange(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(expected);
    }

    private static RawAnswer exchange(String request) throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            return http.send(request).answer();
        }
    }

    /** A HEAD's answer has a length and no body. */
    private static RawAnswer exchangeHead(String request) throws IOException {
        if (!request.startsWith("HEAD")) {
            return exchange(request);
        }
        try (RawHttp http = new RawHttp(toy.port())) {
            return http.send(request.replaceFirst("\n\n", "\nConnection: close\n\n"))
                    .answer();
        }
    }
}
