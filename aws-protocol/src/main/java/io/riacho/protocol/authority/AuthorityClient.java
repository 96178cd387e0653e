package io.riacho.protocol.authority;

import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls auth-service with a token that this service gets by the client credentials grant (RFC 6749, section 4.4). The
 * secret is read from its file for each token, so that it can be exchanged without a restart. Safe for use by many
 * threads.
 */
final class AuthorityClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(60);
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final AuthorityProperties properties;
    private final ReloadingHttpClient http;
    private final JsonMapper json = JsonMapper.shared();
    private final ReentrantLock renewal = new ReentrantLock();
    private volatile @Nullable Token token;

    AuthorityClient(AuthorityProperties properties) {
        this.properties = properties;
        http = new ReloadingHttpClient(properties.tls(), PATIENCE);
    }

    /** @throws IOException where auth-service cannot be asked, or does not answer the question */
    JsonNode ask(String path, ObjectNode question) throws IOException {
        return ask(path, question, PATIENCE);
    }

    /**
     * @param patience how long the answer may take
     * @throws IOException where auth-service cannot be asked, or does not answer the question
     */
    JsonNode ask(String path, ObjectNode question, Duration patience) throws IOException {
        try (OpenSpan span = Tracing.current().call("auth-service")) {
            span.with("url.path", path);
            return answer(path, question, patience);
        }
    }

    private JsonNode answer(String path, ObjectNode question, Duration patience) throws IOException {
        Token used = token();
        Reply reply = send(request(path, question, used, patience));
        if (reply.status() == UNAUTHORIZED) {
            forget(used);
            reply = send(request(path, question, token(), patience));
        }
        if (reply.status() != OK) {
            throw new IOException("status " + reply.status() + " from auth-service for " + path + ": "
                    + reply.body().path("detail").asString(""));
        }
        return reply.body();
    }

    private HttpRequest request(String path, ObjectNode body, Token bearer, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(properties.url().resolve(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + bearer.value)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        Tracing.current().headers().forEach(request::setHeader);
        return request.build();
    }

    private Token token() throws IOException {
        Token known = token;
        if (known != null && known.isFresh()) {
            return known;
        }
        renewal.lock();
        try {
            known = token;
            if (known == null || !known.isFresh()) {
                known = newToken();
                token = known;
            }
            return known;
        } finally {
            renewal.unlock();
        }
    }

    private void forget(Token used) {
        renewal.lock();
        try {
            if (token == used) {
                token = null;
            }
        } finally {
            renewal.unlock();
        }
    }

    private Token newToken() throws IOException {
        String secret = Files.readString(properties.clientSecretFile()).strip();
        String basic = encoded(properties.clientId()) + ':' + encoded(secret);
        long asked = System.nanoTime();
        Reply reply = send(HttpRequest.newBuilder(properties.url().resolve("/oauth2/token"))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        JsonNode value = reply.body().path("access_token");
        if (reply.status() != OK || !value.isString()) {
            throw new IOException("auth-service gives no token to client " + properties.clientId() + ": status "
                    + reply.status() + ", " + reply.body().path("error").asString(""));
        }
        Duration life = Duration.ofSeconds(reply.body().path("expires_in").asLong(0));
        Duration used = life.compareTo(RENEW_BEFORE.multipliedBy(2)) > 0 ? life.minus(RENEW_BEFORE) : life.dividedBy(2);
        return new Token(value.stringValue(), asked + used.toNanos());
    }

    /** RFC 6749, section 2.3.1: both are form-encoded before they are joined. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply send(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    http.current().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(LARGEST_ANSWER + 1);
                if (body.length > LARGEST_ANSWER) {
                    throw new IOException("auth-service's answer is too large");
                }
                return new Reply(
                        response.statusCode(), body.length == 0 ? json.createObjectNode() : json.readTree(body));
            }
        } catch (JacksonException e) {
            throw new IOException("auth-service's answer is no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while auth-service is asked", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** The body is an empty object where there was none. */
    private record Reply(int status, JsonNode body) {}

    private record Token(String value, long renewAt) {

        boolean isFresh() {
            return System.nanoTime() - renewAt < 0;
        }

        @Override
        public String toString() {
            return "Token[hidden]";
        }
    }
}
