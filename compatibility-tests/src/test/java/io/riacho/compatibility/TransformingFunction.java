package io.riacho.compatibility;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A transformation function as a user would write it: texts in capitals, but no word of "drop", and trouble with "bad". */
final class TransformingFunction implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TransformingFunction(HttpServer server) {
        this.server = server;
    }

    static TransformingFunction started() {
        try {
            TransformingFunction function = new TransformingFunction(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            function.server.setExecutor(function.threads);
            function.server.createContext("/", TransformingFunction::answer);
            function.server.start();
            return function;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            List<Map<String, String>> records = event.path("records")
                    .valueStream()
                    .map(TransformingFunction::transformed)
                    .toList();
            byte[] answer = JSON.writeValueAsBytes(Map.of("records", records));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Map<String, String> transformed(JsonNode record) {
        String id = record.path("recordId").asString();
        String data = record.path("data").asString();
        String text = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        if (text.contains("drop")) {
            return Map.of("recordId", id, "result", "Dropped", "data", data);
        }
        if (text.contains("bad")) {
            return Map.of("recordId", id, "result", "ProcessingFailed", "data", data);
        }
        byte[] capitals = text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "recordId", id, "result", "Ok", "data", Base64.getEncoder().encodeToString(capitals));
    }
}
