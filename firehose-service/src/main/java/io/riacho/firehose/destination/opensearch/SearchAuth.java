package io.riacho.firehose.destination.opensearch;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Shows a domain who asks. Safe for use by many threads. */
@FunctionalInterface
interface SearchAuth {

    void sign(HttpRequest.Builder request, URI url, byte[] body);

    /**
     * @param service {@code es} or {@code aoss}
     * @param region where the domain does not say one
     */
    static SearchAuth of(SearchProperties.Domain domain, String service, String region) {
        return switch (domain.auth()) {
            case NONE -> (_, _, _) -> {};
            case BASIC -> {
                String user = domain.username() + ":" + domain.password();
                String header = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
                yield (request, _, _) -> request.header("Authorization", header);
            }
            case SIGV4 -> {
                AwsCredentialsIdentity key = key(domain);
                String in = Objects.requireNonNullElse(domain.region(), region);
                yield (request, url, body) -> sigV4(request, url, body, key, service, in);
            }
        };
    }

    private static AwsCredentialsIdentity key(SearchProperties.Domain domain) {
        String id = Objects.requireNonNull(domain.accessKeyId());
        String secret = Objects.requireNonNull(domain.secretAccessKey());
        String token = domain.sessionToken();
        return token == null
                ? AwsCredentialsIdentity.create(id, secret)
                : AwsSessionCredentialsIdentity.create(id, secret, token);
    }

    private static void sigV4(
            HttpRequest.Builder request,
            URI url,
            byte[] body,
            AwsCredentialsIdentity key,
            String service,
            String region) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(url)
                .putHeader("Content-Type", BulkRequest.CONTENT_TYPE)
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(key)
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        signed.request().headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Type")) {
                values.forEach(value -> request.header(name, value));
            }
        });
    }
}
