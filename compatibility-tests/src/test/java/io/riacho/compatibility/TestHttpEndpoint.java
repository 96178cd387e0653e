package io.riacho.compatibility;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP endpoint as a user would write it, which refuses everything until it is opened. */
final class TestHttpEndpoint implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<byte[]>> taken = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicLong largest = new AtomicLong();
    private volatile boolean open;

    private TestHttpEndpoint(HttpServer server) {
        this.server = server;
    }

    static TestHttpEndpoint closed() {
        try {
            TestHttpEndpoint endpoint = new TestHttpEndpoint(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            endpoint.server.setExecutor(endpoint.threads);
            endpoint.server.createContext("/", endpoint::answer);
            endpoint.server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    void open() {
        open = true;
    }

    /** What was taken; a request that was repeated counts once. */
    List<byte[]> records() {
        return taken.values().stream().flatMap(List::stream).toList();
    }

    /** How many requests were refused. */
    int refused() {
        return refused.get();
    }

    /** How many requests there were at a time at the most. */
    int mostUnderWay() {
        return mostUnderWay.get();
    }

    /** Bytes of the records of a request, at the most. */
    long largest() {
        return largest.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String id = request.path("requestId").asString();
            List<byte[]> records = request.path("records")
                    .valueStream()
                    .map(record ->
                            Base64.getDecoder().decode(record.path("data").asString()))
                    .toList();
            largest.accumulateAndGet(
                    records.stream().mapToLong(record -> record.length).sum(), Math::max);
            byte[] answer = JSON.writeValueAsBytes(Map.of("requestId", id, "timestamp", System.currentTimeMillis()));
            boolean takes = open;
            if (takes) {
                taken.put(id, records);
            } else {
                refused.incrementAndGet();
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            // Before the answer: whoever has it may ask again at once.
            underWay.decrementAndGet();
            exchange.sendResponseHeaders(takes ? 200 : UNAVAILABLE, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
