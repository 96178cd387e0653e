package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kinesis's JSON and REST as they are on the wire, which SDKs hide: the JDK's HTTP client, and a signature by the AWS SDK's signer. */
final class RawClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Target target;

    RawClient(Target target) {
        this.target = target;
        this.http = client(target.ca());
    }

    /** @param body empty where the answer has none */
    record Answer(int status, HttpHeaders headers, JsonNode body) {

        JsonNode at(String pointer) {
            return body.at(pointer);
        }
    }

    Answer call(String operation, String json) {
        return send(signed(
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(target.url())
                        .encodedPath("/")
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", "Kinesis_20131202." + operation)
                        .build(),
                "kinesis",
                json));
    }

    /**
     * Calls the plain REST API.
     *
     * @param service what the request is signed for
     * @param json empty where there is no body
     */
    Answer rest(String method, String path, String service, String json) {
        return send(signed(
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .uri((service.equals("riacho") ? Endpoints.auth(target.url()) : target.url()).resolve(path))
                        .putHeader("Content-Type", "application/json")
                        .build(),
                service,
                json));
    }

    /** Sends a request as it is. */
    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonNode body = response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
            return new Answer(response.statusCode(), response.headers(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpClient client(@Nullable Path ca) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (ca != null) {
            try {
                builder.sslContext(ClientCertificates.context(ca, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return builder.build();
    }

    private HttpRequest signed(SdkHttpRequest unsigned, String service, String body) {
        SignedRequest signed = signer.sign(request -> request.identity(
                        AwsCredentialsIdentity.create(target.accessKeyId(), target.secretAccessKey()))
                .request(unsigned)
                .payload(ContentStreamProvider.fromUtf8String(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, Target.REGION));
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.request().getUri())
                .method(
                        unsigned.method().name(),
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        signed.request().forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    @Override
    public void close() {
        http.close();
    }
}
