package io.riacho.compatibility;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A function that takes the output of applications, as a user would write it. Its first calls fail, and later it does not take every
 * record the first times that it is given it.
 */
final class OutputFunction implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CALLS_THAT_FAIL = 2;
    private static final int LEFT_OF = 3;

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();

    private OutputFunction(HttpServer server) {
        this.server = server;
    }

    static OutputFunction started() {
        try {
            OutputFunction function = new OutputFunction(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            function.server.createContext("/", function::answer);
            function.server.start();
            return function;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** What it was given and has taken. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    /** How often it has not taken a record. */
    int left() {
        return left.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            if (calls.incrementAndGet() <= CALLS_THAT_FAIL) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            List<Map<String, String>> records = new ArrayList<>();
            for (JsonNode record : event.path("records")) {
                records.add(Map.of(
                        "recordId",
                        record.path("recordId").asString(),
                        "result",
                        takes(record) ? "Ok" : "DeliveryFailed"));
            }
            byte[] answer = JSON.writeValueAsBytes(Map.of("records", records));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private boolean takes(JsonNode record) {
        // As often as calls fail: those that were in all of these are left once more.
        boolean isEarly = record.at("/lambdaDeliveryRecordMetadata/retryHint").asInt() <= CALLS_THAT_FAIL;
        if (isEarly && (record.path("recordId").asInt() % LEFT_OF) == 0) {
            left.incrementAndGet();
            return false;
        }
        byte[] data = Base64.getDecoder().decode(record.path("data").asString());
        taken.add(new String(data, StandardCharsets.UTF_8));
        return true;
    }
}
