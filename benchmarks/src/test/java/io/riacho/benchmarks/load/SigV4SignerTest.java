package io.riacho.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class SigV4SignerTest {

    private static final String TARGET = "Kinesis_20131202.PutRecord";
    private static final String CONTENT_TYPE = "application/x-amz-cbor-1.1";
    private static final Endpoint ENDPOINT =
            new Endpoint(URI.create("http://127.0.0.1:4566"), "AKIDEXAMPLE", "wJalrXUtnFEMI/EXAMPLEKEY", "us-east-1");

    private final SigV4Signer signer = new SigV4Signer(ENDPOINT);

    @Test
    void theSdkSignsTheSameWay() {
        Instant now = Instant.parse("2026-03-15T07:58:30Z");

        assertThat(signer.sign(TARGET, CONTENT_TYPE, "body".getBytes(UTF_8), now)
                        .authorization())
                .isEqualTo(bySdk("body", now));
    }

    @Test
    void anotherDayHasAnotherKey() {
        Instant now = Instant.parse("2026-03-15T23:59:59Z");
        Instant nextDay = now.plusSeconds(1);
        signer.sign(TARGET, CONTENT_TYPE, "body".getBytes(UTF_8), now);

        assertThat(signer.sign(TARGET, CONTENT_TYPE, "body".getBytes(UTF_8), nextDay)
                        .authorization())
                .isEqualTo(bySdk("body", nextDay));
    }

    @Test
    void aSecretIsNotShown() {
        assertThat(ENDPOINT.toString()).doesNotContain(ENDPOINT.secretAccessKey());
    }

    private static String bySdk(String body, Instant now) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(ENDPOINT.url())
                .putHeader("Host", ENDPOINT.host())
                .putHeader("Content-Type", CONTENT_TYPE)
                .putHeader("X-Amz-Target", TARGET)
                .build();
        AwsCredentialsIdentity identity =
                AwsCredentialsIdentity.create(ENDPOINT.accessKeyId(), ENDPOINT.secretAccessKey());
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(builder -> builder.identity(identity)
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesis")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, ENDPOINT.region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)));
        return signed.request().firstMatchingHeader("Authorization").orElseThrow();
    }
}
