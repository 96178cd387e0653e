package io.riacho.benchmarks.firehose;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP endpoint as Firehose specifies them, which takes everything and notes when each record came first. Thread-safe. */
public final class Arrivals implements AutoCloseable {

    /** What a configuration calls it. Firehose asks for HTTPS; the server is told where it is instead. */
    public static final URI URL = URI.create("https://benchmark.riacho.internal/");

    private static final JsonMapper JSON = new JsonMapper();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();

    private Arrivals(HttpServer server) {
        this.server = server;
    }

    public static Arrivals started() throws IOException {
        // Otherwise an answer waits for the acknowledgement of its own head, some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Arrivals endpoint =
                new Arrivals(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.createContext("/", endpoint::take);
        endpoint.server.start();
        return endpoint;
    }

    /** Where it really is. */
    public URI realUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** By the records' numbers, the times by {@link System#nanoTime} when the head of a request with them had come. */
    Map<Long, Long> arrived() {
        return arrived;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        try (exchange) {
            byte[] answer;
            try {
                answer = answer(exchange.getRequestBody(), now);
            } catch (JacksonException e) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] answer(InputStream body, long now) {
        JsonNode request = JSON.readTree(body);
        for (JsonNode record : request.path("records")) {
            String line = new String(record.path("data").binaryValue(), StandardCharsets.US_ASCII);
            arrived.putIfAbsent(Events.numberOf(line.strip()), now);
        }
        return JSON.writeValueAsBytes(
                Map.of("requestId", request.path("requestId").asString(), "timestamp", System.currentTimeMillis()));
    }
}
