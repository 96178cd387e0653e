package io.riacho.protocol.signature;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Requests and signatures of the Signature Version 4 test suite that AWS published. */
class PublishedVectorsTest {

    private static final RootSigningKeys KEYS =
            new RootSigningKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "123456789012");
    private static final Clock THEN = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

    @Test
    void getVanilla() {
        accepts(
                vanilla("GET", "/"),
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void postVanilla() {
        accepts(
                vanilla("POST", "/"),
                "host;x-amz-date",
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void queryOrderByKeyCase() {
        accepts(
                vanilla("GET", "/?Param2=value2&Param1=value1"),
                "host;x-amz-date",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void queryWithAnEmptyKeysValue() {
        accepts(
                vanilla("GET", "/?Param1=value1"),
                "host;x-amz-date",
                "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb");
    }

    @Test
    void queryInUtf8() {
        accepts(
                vanilla("GET", "/?" + latin1("ሴ") + "=bar"),
                "host;x-amz-date",
                "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04");
    }

    @Test
    void pathInUtf8() {
        accepts(
                vanilla("GET", "/" + latin1("ሴ")),
                "host;x-amz-date",
                "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
    }

    @Test
    void pathOfUnreservedCharacters() {
        accepts(
                vanilla("GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
                "host;x-amz-date",
                "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f");
    }

    @Test
    void pathIsNormalised() {
        for (String path : new String[] {"//", "/./", "/foo/..", "/foo/bar/../.."}) {
            accepts(
                    vanilla("GET", path),
                    "host;x-amz-date",
                    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        }
    }

    @Test
    void headerValuesAreTrimmed() {
        SampleRequest request =
                vanilla("GET", "/").with("My-Header1", " value1").with("My-Header2", " \"a   b   c\"");
        accepts(
                request,
                "host;my-header1;my-header2;x-amz-date",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    }

    @Test
    void headersOfOneNameAreJoined() {
        SampleRequest request = vanilla("GET", "/")
                .with("My-Header1", "value2")
                .with("My-Header1", "value2")
                .with("My-Header1", "value1");
        accepts(
                request,
                "host;my-header1;x-amz-date",
                "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea");
    }

    private static SampleRequest vanilla(String method, String uri) {
        return new SampleRequest(method, uri)
                .with("Host", "example.amazonaws.com")
                .with("X-Amz-Date", "20150830T123600Z");
    }

    private static void accepts(SampleRequest request, String signedHeaders, String signature) {
        request.with(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                        + signedHeaders + ", Signature=" + signature);
        SignatureAuthenticator authenticator = new SignatureAuthenticator(KEYS, "us-east-1", THEN);
        assertThatCode(() ->
                        authenticator.claim(request, "service").orElseThrow().verify(Sha256.hash(new byte[0])))
                .doesNotThrowAnyException();
    }

    /** The bytes of UTF-8, one in each char, as a request's head holds them. */
    private static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
