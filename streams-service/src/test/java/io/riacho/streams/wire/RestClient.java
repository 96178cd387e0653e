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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Sends plain REST requests, as one user or as nobody. */
final class RestClient {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String JSON = "application/json";
    private static final byte[] NOTHING = {};

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final WireServer server;
    private final TestUsers.@Nullable User user;

    private RestClient(WireServer server, TestUsers.@Nullable User user) {
        this.server = server;
        this.user = user;
    }

    static RestClient ofRoot(WireServer server) {
        return new RestClient(server, server.users().root());
    }

    static RestClient of(WireServer server, TestUsers.User user) {
        return new RestClient(server, user);
    }

    static RestClient ofNobody(WireServer server) {
        return new RestClient(server, null);
    }

    RestAnswer get(String path) {
        return send("GET", path, null, NOTHING);
    }

    RestAnswer delete(String path) {
        return send("DELETE", path, null, NOTHING);
    }

    RestAnswer post(String path, String json) {
        return send("POST", path, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    RestAnswer patch(String path, String json) {
        return send("PATCH", path, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** @param headers name, value, name, value */
    RestAnswer send(String method, String path, @Nullable String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path, headers)
                .method(
                        method,
                        body.length == 0 && !method.equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return answer(method + " " + path, request.build());
    }

    /** The same, signed rather than with a token. */
    RestAnswer sendSigned(String method, String path, String contentType, byte[] body) {
        return sendSigned(method, path, Map.of("Content-Type", contentType), body);
    }

    /** @param unsigned headers that are added once it is signed: name, value, name, value */
    RestAnswer sendSigned(
            String method, String path, Map<String, String> signedHeaders, byte[] body, String... unsigned) {
        HttpRequest.Builder request = request(sign(method, path, signedHeaders, body), method, path, body);
        for (int i = 0; i < unsigned.length; i += 2) {
            request.header(unsigned[i], unsigned[i + 1]);
        }
        return answer(method + " " + path, request.build());
    }

    /** Sends another request than the one that was signed, which is a POST of the text to the path. */
    RestAnswer sendForged(String signedPath, String signedText, String method, String path, String text) {
        SdkHttpRequest signed = sign(
                "POST", signedPath, Map.of("Content-Type", "text/plain"), signedText.getBytes(StandardCharsets.UTF_8));
        return answer(
                method + " " + path,
                request(signed, method, path, text.getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    private SdkHttpRequest sign(String method, String path, Map<String, String> headers, byte[] body) {
        TestUsers.User signer = user == null ? server.users().root() : user;
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(URI.create(server.endpoint() + path));
        headers.forEach(unsigned::putHeader);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(signer.accessKeyId(), signer.secretKey()))
                        .request(unsigned.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesis")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, WireServer.REGION))
                .request();
    }

    private HttpRequest.Builder request(SdkHttpRequest signed, String method, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request;
    }

    /** Begins to read server-sent events. */
    EventReader subscribe(String path, String... headers) {
        return new EventReader(open(path, headers), true);
    }

    /** Begins, and reads nothing of what comes. */
    EventReader subscribeUnread(String path) {
        return new EventReader(open(path), false);
    }

    /** Asks for server-sent events, and is refused. */
    RestAnswer subscribeRefused(String path) {
        return send("GET", path, null, NOTHING, "Accept", "text/event-stream");
    }

    private HttpResponse<InputStream> open(String path, String... headers) {
        try {
            return http.send(
                    request(path, headers).header("Accept", "text/event-stream").build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.endpoint() + path)).timeout(PATIENCE);
        if (user != null) {
            request.header("Authorization", "Bearer " + user.token());
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private RestAnswer answer(String shown, HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new RestAnswer(shown, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
