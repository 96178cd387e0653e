package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Target target;

    RawClient(Target target) {
        this.target = target;
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
                        .uri(target.url().resolve(path))
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
