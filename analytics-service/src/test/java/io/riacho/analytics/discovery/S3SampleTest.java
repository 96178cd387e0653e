package io.riacho.analytics.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riacho.analytics.bucket.Buckets;
import io.riacho.analytics.bucket.ReadPolicy;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of an object its schema is guessed by. */
class S3SampleTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private HttpServer server;
    private S3Sample sample;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ReadPolicy unasked = new ReadPolicy(
                (_, _, _, _, _) -> Optional.empty(),
                (_, _) -> {
                    throw new AssertionError("not asked");
                },
                "eu-central-1",
                InstantSource.system());
        sample = new S3Sample(
                new Buckets(() -> endpoint, null, unasked, "eu-central-1"),
                role -> new RoleSessions.Session("KEY-OF-" + role, "secret", null, Instant.MAX));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void linesOfTheObjectAreReadAsTheRole() {
        objects.put("/b/k.csv", "AMZN,1\n\nQXZ,2\n");

        assertThat(sample.take("b", "k.csv", ROLE)).containsExactly("AMZN,1", "QXZ,2");
    }

    @Test
    void aDocumentOfManyLinesIsOneRecord() {
        objects.put("/b/k.json", "{\n \"a\": 1\n}");

        assertThat(sample.take("b", "k.json", ROLE)).containsExactly("{\n \"a\": 1\n}");
    }

    @Test
    void ofALargeObjectTheBeginningIsReadWithoutTheLineThatIsCut() {
        String line = "x".repeat(9_999) + "\n";
        objects.put("/b/large.csv", line.repeat(100));

        assertThat(sample.take("b", "large.csv", ROLE)).hasSize(26).allMatch(each -> each.length() == 9_999);
    }

    @Test
    void ofManyLinesTheFirstAreTaken() {
        objects.put("/b/many.csv", "1,2\n".repeat(1_000));

        assertThat(sample.take("b", "many.csv", ROLE)).hasSize(200);
    }

    @Test
    void whatIsNotThereOrEmptyIsTold() {
        objects.put("/b/empty", "");

        assertThatThrownBy(() -> sample.take("b", "none", ROLE))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("NoSuchKey");
        assertThatThrownBy(() -> sample.take("b", "empty", ROLE))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("empty");
    }

    /** As S3 answers. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String object = objects.get(exchange.getRequestURI().getPath());
            if (authorization == null || !authorization.contains("Credential=KEY-OF-" + ROLE + "/")) {
                send(exchange, 403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
            } else if (object == null) {
                send(exchange, 404, "<Error><Code>NoSuchKey</Code><Message>It is not there.</Message></Error>");
            } else if (object.isEmpty()) {
                send(exchange, 416, "<Error><Code>InvalidRange</Code><Message>No such range</Message></Error>");
            } else {
                String range = exchange.getRequestHeaders().getFirst("Range");
                int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
                send(exchange, 206, object.substring(0, Math.min(object.length(), last + 1)));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
