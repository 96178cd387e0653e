package io.riacho.flink.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Credentials in the form that containers get theirs: a GET with a token as its {@code Authorization}, answered with
 * {@code AccessKeyId}, {@code SecretAccessKey}, {@code Token} and {@code Expiration}. They are asked for again five
 * minutes before their end, or once they were refused; while the endpoint is away, the last ones serve to their end.
 * Safe for use by many threads, whose requests become one.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container credential
 *     provider</a>
 */
final class EndpointCredentials implements AwsCredentialsProvider {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final int FORBIDDEN = 403;
    private static final int MOST_REFUSAL = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
    /** For so long after a failure the endpoint is left alone, where the last credentials still serve. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final URI uri;
    private final String token;
    private final HttpClient http;

    private @Nullable Held held;
    private @Nullable CompletableFuture<AwsCredentials> asking;
    private Instant notBefore = Instant.MIN;

    EndpointCredentials(URI uri, String token, HttpClient http) {
        this.uri = uri;
        this.token = token;
        this.http = http;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return current().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkClientException known) {
                throw known;
            }
            throw e;
        }
    }

    /** Never blocks: the threads that ask may be those of the connections. */
    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        return current().thenApply(credentials -> credentials);
    }

    /** Has the endpoint asked anew, because the credentials were refused. */
    synchronized void forget() {
        held = null;
    }

    private synchronized CompletableFuture<AwsCredentials> current() {
        Instant now = Instant.now();
        Held known = held;
        if (known != null && (now.isBefore(known.renewAt) || (now.isBefore(notBefore) && now.isBefore(known.end)))) {
            return CompletableFuture.completedFuture(known.credentials);
        }
        CompletableFuture<AwsCredentials> under = asking;
        if (under != null && !under.isDone()) {
            return under;
        }
        CompletableFuture<AwsCredentials> asked = ask();
        asking = asked;
        return asked;
    }

    private CompletableFuture<AwsCredentials> ask() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).GET();
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        return http.sendAsync(request.build(), head -> new LimitedBody(LARGEST_ANSWER))
                .handle(this::taken);
    }

    private synchronized AwsCredentials taken(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        Held known = held;
        if (answer != null && answer.statusCode() == 200) {
            Held given = read(answer.body());
            held = given;
            return given.credentials;
        }
        boolean away = answer == null || answer.statusCode() >= 500;
        if (away && known != null && Instant.now().isBefore(known.end)) {
            notBefore = Instant.now().plus(LEFT_ALONE);
            return known.credentials;
        }
        if (answer != null && answer.statusCode() == FORBIDDEN) {
            throw new CredentialsRefusedException(
                    "No credentials from " + uri + ": " + refusal(answer.body(), FORBIDDEN));
        }
        String reason = answer != null ? "status " + answer.statusCode() : reason(failure);
        throw SdkClientException.create("No credentials from " + uri + ": " + reason);
    }

    /** What the endpoint says of it for people, in a problem of RFC 9457. */
    static String refusal(byte[] body, int status) {
        try {
            String message = JSON.readTree(body).path("detail").asString("");
            if (!message.isEmpty()) {
                return message.substring(0, Math.min(message.length(), MOST_REFUSAL));
            }
        } catch (JacksonException e) {
            // Then it says nothing.
        }
        return "status " + status;
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IOException ? "it cannot be reached" : String.valueOf(cause);
    }

    private Held read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            String id = json.path("AccessKeyId").asString("");
            String secret = json.path("SecretAccessKey").asString("");
            String session = json.path("Token").asString("");
            Instant end = Instant.parse(json.path("Expiration").asString(""));
            if (!id.isEmpty() && !secret.isEmpty()) {
                // Only where nobody knows roles, there is no session.
                AwsCredentials given = session.isEmpty()
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, session);
                return new Held(given, end.minus(RENEW_BEFORE), end);
            }
        } catch (JacksonException | DateTimeParseException e) {
            // Its text may hold a secret, so nobody is told it.
        }
        throw SdkClientException.create("No credentials from " + uri + ": the answer is not in their form");
    }

    @Override
    public String toString() {
        return "EndpointCredentials[" + uri + "]";
    }

    private record Held(AwsCredentials credentials, Instant renewAt, Instant end) {

        @Override
        public String toString() {
            return "Held[until " + end + "]";
        }
    }
}
