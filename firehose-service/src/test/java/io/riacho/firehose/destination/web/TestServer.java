package io.riacho.firehose.destination.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that does what a test says. */
public final class TestServer implements AutoCloseable {

    /** What was asked. */
    public static final class Question {

        private final HttpExchange exchange;
        private final byte[] body;

        Question(HttpExchange exchange, byte[] body) {
            this.exchange = exchange;
            this.body = body;
        }

        public String header(String name) {
            return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
        }

        public Headers headers() {
            return exchange.getRequestHeaders();
        }

        public URI uri() {
            return exchange.getRequestURI();
        }

        public byte[] body() {
            return body;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public void answer(int status, String type, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        public void json(int status, String text) throws IOException {
            answer(status, "application/json", text);
        }

        public void setHeader(String name, String value) {
            exchange.getResponseHeaders().set(name, value);
        }
    }

    /** What the server does. */
    @FunctionalInterface
    public interface Handler {

        void handle(Question question) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final String scheme;

    private TestServer(Handler handler, @Nullable SSLContext tls) throws IOException {
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
        server.createContext("/", exchange -> {
            Question question = new Question(exchange, exchange.getRequestBody().readAllBytes());
            questions.add(question);
            asked.countDown();
            handler.handle(question);
        });
        server.start();
    }

    public static TestServer doing(Handler handler) throws IOException {
        return new TestServer(handler, null);
    }

    public static TestServer doing(SSLContext tls, Handler handler) throws IOException {
        return new TestServer(handler, tls);
    }

    /** Takes requests and says nothing. */
    public static TestServer silent() throws IOException {
        return doing(_ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    /** Answers 200 and JSON that does not end. */
    public static TestServer flooding() throws IOException {
        return doing(question -> {
            question.setHeader("Content-Type", "application/json");
            question.exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = question.exchange.getResponseBody()) {
                byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
                out.write('{');
                while (true) {
                    out.write(spaces);
                }
            }
        });
    }

    /** A URL where nobody listens. */
    public static URI nowhere() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public List<Question> questions() {
        return questions;
    }

    public void awaitQuestion() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
