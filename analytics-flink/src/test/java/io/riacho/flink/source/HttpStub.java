package io.riacho.flink.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real HTTP server whose answers a test decides. */
public final class HttpStub implements AutoCloseable {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What was asked. */
    public record Request(String method, String path, String authorization, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The texts of a function's records. */
        public List<String> data() {
            return json().path("records").valueStream().map(HttpStub::text).toList();
        }
    }

    /** What is answered. */
    public record Answer(int status, String body) {

        public static Answer of(String body) {
            return new Answer(200, body);
        }
    }

    /** Decides about a request. */
    @FunctionalInterface
    public interface Behaviour {
        Answer answer(Request request) throws IOException;
    }

    public HttpStub(Behaviour behaviour) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Request request = read(exchange);
            requests.add(request);
            Answer answer = behaviour.answer(request);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean isHead = request.method().equals("HEAD");
            if (isHead) {
                exchange.getResponseHeaders().add("Content-Length", Integer.toString(bytes.length));
            }
            exchange.sendResponseHeaders(answer.status(), isHead || bytes.length == 0 ? -1 : bytes.length);
            if (!isHead) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    private static Request read(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                authorization == null ? "" : authorization,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    static String text(JsonNode record) {
        return new String(Base64.getDecoder().decode(record.path("data").asString()), StandardCharsets.UTF_8);
    }

    public List<Request> requests() {
        return requests;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
