package io.riacho.compatibility;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between a container credentials provider and the server: everything is as the server says, but for the end of the credentials, which
 * comes so soon that the provider, which renews a minute before, has to ask again after a second.
 */
final class ShortLivedCredentials implements AutoCloseable {

    private static final Duration LIFE = Duration.ofSeconds(61);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> expirations = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final URI original;

    private ShortLivedCredentials(HttpServer server, URI original) {
        this.server = server;
        this.original = original;
    }

    static ShortLivedCredentials relaying(String url) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ShortLivedCredentials relay = new ShortLivedCredentials(server, URI.create(url));
        server.createContext("/", relay::relay);
        server.start();
        return relay;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The ends that the server gave, one for each time that it was asked. */
    List<String> relayedExpirations() {
        return List.copyOf(expirations);
    }

    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(original)
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            ObjectNode body = (ObjectNode) JSON.readTree(answer.body());
            expirations.add(body.path("Expiration").asString());
            body.put("Expiration", Instant.now().plus(LIFE).toString());
            byte[] bytes = JSON.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
