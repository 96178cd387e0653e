package io.riacho.firehose.processing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A function behind a real HTTP server. */
final class TestFunction implements AutoCloseable {

    /** As strict as other languages' are. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final String scheme;

    private TestFunction(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
            scheme = "http";
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = https;
            scheme = "https";
        }
        server.setExecutor(threads);
    }

    /** What it does with each request, whose event is read already. */
    static TestFunction doing(HttpHandler handler) throws IOException {
        return doing(handler, null);
    }

    static TestFunction doing(HttpHandler handler, @Nullable SSLContext tls) throws IOException {
        TestFunction function = new TestFunction(tls);
        function.server.createContext("/", exchange -> {
            function.events.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            handler.handle(exchange);
        });
        function.server.start();
        return function;
    }

    /** Answers for each record what is made of its text: a whole record of the answer, without its id. */
    static TestFunction answering(Function<String, ObjectNode> transform) throws IOException {
        return answering(transform, null);
    }

    static TestFunction answering(Function<String, ObjectNode> transform, @Nullable SSLContext tls) throws IOException {
        TestFunction[] self = new TestFunction[1];
        self[0] = doing(exchange -> answer(exchange, 200, answerTo(self[0].events.getLast(), transform)), tls);
        return self[0];
    }

    static String answerTo(JsonNode event, Function<String, ObjectNode> transform) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode records = answer.putArray("records");
        for (JsonNode record : event.get("records")) {
            String data =
                    record.path("data").asString(record.path("kafkaRecordValue").asString(""));
            String text = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
            records.add(
                    transform.apply(text).put("recordId", record.get("recordId").asString()));
        }
        return answer.toString();
    }

    static ObjectNode ok(String data) {
        return result("Ok").put("data", base64(data));
    }

    static ObjectNode result(String result) {
        return JSON.createObjectNode().put("result", result);
    }

    static String base64(String data) {
        return Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    List<JsonNode> events() {
        return events;
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort()
                + "/2015-03-31/functions/function/invocations");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
