package io.riacho.streams.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Sends raw signed requests to a server of Kinesis Data Streams. */
final class WireClient {

    static final String JSON = "application/x-amz-json-1.1";
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI endpoint;
    private final String region;

    WireClient(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** @throws UncheckedIOException where the server goes away */
    WireAnswer call(String accessKeyId, String secretKey, String operation, String contentType, byte[] body) {
        try {
            HttpResponse<byte[]> response = http.send(
                    request(accessKeyId, secretKey, operation, contentType, body),
                    HttpResponse.BodyHandlers.ofByteArray());
            String shown = operation + " "
                    + (body.length > 2000 ? body.length + " bytes" : new String(body, StandardCharsets.UTF_8));
            return new WireAnswer(shown, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the request; what is answered is read as it comes. */
    HttpResponse<InputStream> open(
            String accessKeyId, String secretKey, String operation, String contentType, byte[] body) {
        try {
            return http.send(
                    request(accessKeyId, secretKey, operation, contentType, body),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(
            String accessKeyId, String secretKey, String operation, String contentType, byte[] body) {
        return request(endpoint, accessKeyId, secretKey, operation, contentType, body);
    }

    /** The signed request to another endpoint of the server, to be sent by another client. */
    HttpRequest request(
            URI endpoint, String accessKeyId, String secretKey, String operation, String contentType, byte[] body) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", contentType)
                .putHeader("X-Amz-Target", "Kinesis_20131202." + operation)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(accessKeyId, secretKey))
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesis")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint).timeout(PATIENCE).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }
}
