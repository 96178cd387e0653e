package io.riacho.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Set;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAuthenticatorTest {

    private static final String KEY_ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final RootSigningKeys KEYS = new RootSigningKeys(KEY_ID, SECRET, "123456789012");
    private static final Instant NOW = Instant.parse("2026-03-15T07:58:30Z");
    private static final String DATE = "20260315T075830Z";
    private static final String SCOPE = "20260315/us-east-1/kinesis/aws4_request";
    private static final String HEADERS = "host;x-amz-date;x-amz-target";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private final SignatureAuthenticator authenticator = at(NOW);

    @Test
    void aSignedRequestIsItsKeysOwners() {
        Caller caller = verify(signed());

        assertThat(caller.arn()).isEqualTo("arn:aws:iam::123456789012:root");
        assertThat(caller.accountId()).isEqualTo("123456789012");
    }

    @Test
    void aRequestWithoutCredentialsIsNobodys() {
        assertThat(authenticator.claim(unsigned(), "kinesis")).isEmpty();
    }

    @Test
    void aBearerTokenIsLeftToOthers() {
        SampleRequest request = unsigned().with("Authorization", "Bearer abc");

        assertThat(authenticator.claim(request, "kinesis")).isEmpty();
    }

    @Test
    void aTamperedBodyIsRefused() {
        var claim = authenticator.claim(signed(), "kinesis").orElseThrow();

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> claim.verify(Sha256.hash("{ }".getBytes(StandardCharsets.UTF_8))))
                .satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void aTamperedHeaderIsRefused() {
        refuses(signed().without("x-amz-target").with("X-Amz-Target", "Kinesis_20131202.DeleteStream"))
                .satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void aSecondHeaderOfASignedNameIsRefused() {
        refuses(signed().with("X-Amz-Target", "Kinesis_20131202.DeleteStream"))
                .satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void aTamperedQueryIsRefused() {
        SampleRequest other = new SampleRequest("POST", "/?a=b");
        for (String header : new String[] {"host", "x-amz-date", "x-amz-target", "authorization"}) {
            other.with(header, java.util.Objects.requireNonNull(signed().header(header)));
        }

        refuses(other).satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void aWrongSecretIsRefused() {
        refuses(sign(unsigned(), KEY_ID, "other", DATE, SCOPE, HEADERS))
                .satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void aSignatureInCapitalsIsRefused() {
        String header = java.util.Objects.requireNonNull(signed().header("authorization"));
        int at = header.indexOf("Signature=") + 10;
        String capitals = header.substring(0, at) + header.substring(at).toUpperCase(java.util.Locale.ROOT);

        refuses(unsigned().with("Authorization", capitals)).satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void anUnsignedPayloadIsRefused() {
        SampleRequest request = unsigned().with("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        String names = "host;x-amz-content-sha256;x-amz-date;x-amz-target";
        String canonical = canonical(request, names).replaceAll("[0-9a-f]{64}$", "UNSIGNED-PAYLOAD");
        String signature = signature(canonical, SECRET, DATE, SCOPE);

        refuses(request.with("Authorization", authorization(KEY_ID, SCOPE, names, signature)))
                .satisfies(SignatureAuthenticatorTest::isMismatch);
    }

    @Test
    void anUnknownKeyIsRefused() {
        refuses(sign(unsigned(), "AKIDOTHER", SECRET, DATE, SCOPE, HEADERS))
                .withMessage("The security token included in the request is invalid.")
                .matches(error -> error.type().equals("UnrecognizedClientException"));
    }

    @Test
    void aSessionTokenOfALongLivedKeyIsRefused() {
        refuses(signed().with("X-Amz-Security-Token", "t"))
                .withMessage("The security token included in the request is invalid.");
    }

    @Test
    void aGlobalServiceMayBeSignedForUsEast1InAnyRegion() {
        var elsewhere =
                new SignatureAuthenticator(KEYS, "eu-central-1", Set.of("kinesis"), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(elsewhere.claim(signed(), "kinesis").orElseThrow().verify(Sha256.hash(BODY)))
                .isNotNull();
    }

    @Test
    void anotherServiceMayNot() {
        var elsewhere =
                new SignatureAuthenticator(KEYS, "eu-central-1", Set.of("iam"), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> elsewhere.claim(signed(), "kinesis"))
                .withMessageContaining("Credential should be scoped to a valid region, not 'us-east-1'. ");
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 300})
    void aClockMayBeFiveMinutesOff(long seconds) {
        assertThat(at(NOW.plusSeconds(seconds)).claim(signed(), "kinesis")).isPresent();
    }

    @Test
    void anOldSignatureIsRefused() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> at(NOW.plusSeconds(301)).claim(signed(), "kinesis"))
                .withMessage("Signature expired: 20260315T075830Z is now earlier than 20260315T075831Z"
                        + " (20260315T080331Z - 5 min.)")
                .matches(error -> error.type().equals("InvalidSignatureException"));
    }

    @Test
    void aSignatureOfTheFutureIsRefused() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> at(NOW.minusSeconds(301)).claim(signed(), "kinesis"))
                .withMessage("Signature not yet current: 20260315T075830Z is still later than 20260315T075829Z"
                        + " (20260315T075329Z + 5 min.)")
                .matches(error -> error.type().equals("InvalidSignatureException"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20260315/eu-west-1/kinesis/aws4_request | Credential should be scoped to a valid region, not 'eu-west-1'.",
                "20260315/us-east-1/dynamodb/aws4_request | Credential should be scoped to correct service: 'kinesis'.",
                "20260315/us-east-1/kinesis/aws5 | Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'.",
                "20260314/us-east-1/kinesis/aws4_request | Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260314' != '20260315', from '20260315T075830Z'.",
            })
    void aCredentialOfAnotherScopeIsRefused(String scope, String message) {
        refuses(sign(unsigned(), KEY_ID, SECRET, DATE, scope, HEADERS))
                .matches(error -> error.getMessage().strip().equals(message))
                .matches(error -> error.type().equals("InvalidSignatureException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/c/d", "AKIDEXAMPLE/20260315/us-east-1/kinesis/aws4_request/x"})
    void aCredentialHasFiveParts(String credential) {
        refuses(unsigned()
                        .with(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + HEADERS
                                        + ", Signature=b"))
                .withMessage("Credential must have exactly 5 slash-delimited elements, e.g."
                        + " keyid/date/region/service/term, got '" + credential + "'")
                .matches(error -> error.type().equals("IncompleteSignatureException"));
    }

    @Test
    void anotherAlgorithmIsRefused() {
        refuses(unsigned()
                        .with(
                                "Authorization",
                                "AWS4-HMAC-SHA1 Credential=a/b/c/d/e, SignedHeaders=" + HEADERS + ", Signature=b"))
                .withMessage("Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1' (only AWS4-HMAC-SHA256 for now). ");
    }

    @Test
    void theHostMustBeSigned() {
        refuses(sign(unsigned(), KEY_ID, SECRET, DATE, SCOPE, "x-amz-date;x-amz-target"))
                .withMessage("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void theAuthorityOfHttp2MayBeSignedInTheHostsPlace() {
        SampleRequest request = unsigned().with(":authority", "127.0.0.1:4566");

        assertThat(verify(sign(request, KEY_ID, SECRET, DATE, SCOPE, ":authority;x-amz-date;x-amz-target")))
                .isNotNull();
    }

    @Test
    void theTargetMustBeSigned() {
        refuses(sign(unsigned(), KEY_ID, SECRET, DATE, SCOPE, "host;x-amz-date"))
                .withMessage("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @ParameterizedTest
    @CsvSource({
        "X, 'Authorization header requires ''Credential'' parameter. Authorization header requires ''Signature'' parameter. Authorization header requires ''SignedHeaders'' parameter. '",
        "AWS4- Signature=b Credential=a, 'Authorization header requires ''SignedHeaders'' parameter. '",
        "'AWS4- Signature=b,Credential=a', 'Authorization header requires ''SignedHeaders'' parameter. '",
        "'AWS4- Signature=b, Credential=a', 'Authorization header requires ''SignedHeaders'' parameter. '",
        "'AWS4-HMAC-SHA256 Signature=b, Credential, SignedHeaders=', 'Authorization header requires ''Credential'' parameter. Authorization header requires ''SignedHeaders'' parameter. '",
    })
    void anIncompleteHeaderIsRefused(String authorization, String problems) {
        refuses(unsigned().with("Authorization", authorization))
                .matches(error -> error.getMessage()
                        .startsWith(problems + "(Hashed with SHA-256 and encoded with Base64) Authorization="))
                .matches(error -> error.type().equals("IncompleteSignatureException"));
    }

    @Test
    void aRequestWithoutADateIsRefused() {
        refuses(signed().without("x-amz-date"))
                .withMessageStartingWith(
                        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }

    @Test
    void theDateMayBeTheOneOfHttp() {
        SampleRequest request = unsigned().without("x-amz-date").with("Date", "Sun, 15 Mar 2026 07:58:30 GMT");

        assertThat(verify(sign(request, KEY_ID, SECRET, DATE, SCOPE, "date;host;x-amz-target")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "20261315T075830Z", "20260230T075830Z", "20260315T079930Z", "2026031ST075830Z", "x"})
    void aMalformedDateIsRefused(String date) {
        refuses(signed().without("x-amz-date").with("X-Amz-Date", date))
                .withMessage("Date must be in ISO-8601 'basic format'. Got '" + date
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    @Test
    void aPresignedRequestIsAccepted() {
        assertThat(verify(presigned("60"))).isNotNull();
    }

    @Test
    void aPresignedRequestLastsAsLongAsItSays() {
        assertThat(at(NOW.plus(Duration.ofDays(7))).claim(presigned("604800"), "kinesis"))
                .isPresent();
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> at(NOW.plusSeconds(61)).claim(presigned("60"), "kinesis"))
                .withMessageStartingWith("Signature expired: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "604801", "-1", "1e3", "x", "", "99999999999999999999"})
    void aPresignedRequestLastsAtMostAWeek(String expires) {
        refuses(presigned(expires)).withMessageStartingWith("X-Amz-Expires must be a number of seconds");
    }

    @Test
    void anIncompleteQueryIsRefused() {
        refuses(new SampleRequest("POST", "/?X-Amz-Algorithm"))
                .withMessage("AWS query-string parameters must include 'X-Amz-Algorithm'. "
                        + "AWS query-string parameters must include 'X-Amz-Credential'. "
                        + "AWS query-string parameters must include 'X-Amz-Signature'. "
                        + "AWS query-string parameters must include 'X-Amz-SignedHeaders'. "
                        + "AWS query-string parameters must include 'X-Amz-Date'. "
                        + "Re-examine the query-string parameters.");
    }

    @Test
    void aQueryWithoutAnAlgorithmIsNoSignature() {
        SampleRequest request =
                new SampleRequest("POST", "/?X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d");

        assertThat(authenticator.claim(request, "kinesis")).isEmpty();
    }

    @Test
    void headerAndQueryAtOnceAreRefused() {
        refuses(new SampleRequest("POST", "/?X-Amz-Algorithm").with("Authorization", "X"))
                .withMessage("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")
                .matches(error -> error.type().equals("InvalidSignatureException"));
    }

    @Test
    void secretsAreNotShown() {
        assertThat(KEYS.toString()).doesNotContain(SECRET);
        assertThat(KEYS.find(KEY_ID, null, LocalDate.EPOCH, "r", "s")
                        .orElseThrow()
                        .toString())
                .contains("hidden");
    }

    private static SignatureAuthenticator at(Instant now) {
        return new SignatureAuthenticator(KEYS, "us-east-1", Clock.fixed(now, ZoneOffset.UTC));
    }

    private Caller verify(SampleRequest request) {
        return authenticator.claim(request, "kinesis").orElseThrow().verify(Sha256.hash(BODY));
    }

    private ThrowableAssertAlternative<AwsException> refuses(SampleRequest request) {
        return assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> verify(request))
                .matches(error -> error.status() == 400);
    }

    private static void isMismatch(AwsException error) {
        assertThat(error.type()).isEqualTo("InvalidSignatureException");
        assertThat(error.getMessage())
                .isEqualTo("The request signature we calculated does not match the signature you provided. Check your"
                        + " AWS Secret Access Key and signing method. Consult the service documentation for details.");
    }

    private static SampleRequest unsigned() {
        return new SampleRequest("POST", "/")
                .with("Host", "127.0.0.1:4566")
                .with("X-Amz-Date", DATE)
                .with("X-Amz-Target", "Kinesis_20131202.ListStreams");
    }

    private static SampleRequest signed() {
        return sign(unsigned(), KEY_ID, SECRET, DATE, SCOPE, HEADERS);
    }

    private static SampleRequest sign(
            SampleRequest request, String keyId, String secret, String date, String scope, String names) {
        String signature = signature(canonical(request, names), secret, date, scope);
        return request.with("Authorization", authorization(keyId, scope, names, signature));
    }

    private static SampleRequest presigned(String expires) {
        String uri = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + (KEY_ID + '/' + SCOPE).replace("/", "%2F") + "&X-Amz-Date=" + DATE + "&X-Amz-Expires=" + expires
                + "&X-Amz-SignedHeaders=host";
        String canonical = "POST\n/\n" + uri.substring(2) + "\nhost:127.0.0.1:4566\n\nhost\n" + hash(BODY);
        return new SampleRequest("POST", uri + "&X-Amz-Signature=" + signature(canonical, SECRET, DATE, SCOPE))
                .with("Host", "127.0.0.1:4566");
    }

    private static String authorization(String keyId, String scope, String names, String signature) {
        return "AWS4-HMAC-SHA256 Credential=" + keyId + '/' + scope + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    private static String canonical(SampleRequest request, String names) {
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : names.split(";")) {
            canonical.append(name).append(':').append(request.header(name)).append('\n');
        }
        return canonical + "\n" + names + "\n" + hash(BODY);
    }

    private static String signature(String canonical, String secret, String date, String scope) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = HmacSha256.sign(key, part.getBytes(StandardCharsets.UTF_8));
        }
        String toSign =
                "AWS4-HMAC-SHA256\n" + date + '\n' + scope + '\n' + hash(canonical.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(HmacSha256.sign(key, toSign.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.hash(bytes));
    }
}
