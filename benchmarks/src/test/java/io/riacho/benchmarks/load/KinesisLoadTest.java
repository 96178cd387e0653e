package io.riacho.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KinesisLoadTest {

    private static final Duration NO_WARM_UP = Duration.ZERO;
    private static final Duration SHORT = Duration.ofMillis(100);

    private final AtomicInteger requests = new AtomicInteger();
    private volatile String answer = "{\"FailedRecordCount\":0,\"Records\":[]}";
    private volatile int status = 200;
    private volatile Duration delay = Duration.ZERO;
    private HttpServer server;
    private KinesisLoad load;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            Pauses.milliseconds(delay.toMillis());
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        load = new KinesisLoad(new Endpoint(url, "AKID", "secret", "us-east-1"), Encoding.JSON);
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void everyAnsweredRecordIsCounted() throws IOException {
        Throughput throughput = load.putRecords("s", Encoding.JSON, 4, NO_WARM_UP, SHORT);

        assertThat(throughput.records()).isPositive().isLessThanOrEqualTo(requests.get() * 500L);
        assertThat(throughput.records() % 500).isZero();
    }

    @Test
    void answersThatComeInRareBurstsAreNotTakenForSpeed() throws IOException {
        delay = Duration.ofMillis(300);

        Throughput throughput = load.putRecords("s", Encoding.JSON, 4, Duration.ofMillis(100), SHORT);

        double most = 4 * 500 / 0.3;
        assertThat(throughput.perSecond()).isPositive().isLessThanOrEqualTo(most);
    }

    @Test
    void fillingStopsAtTheNumberAskedFor() throws IOException {
        assertThat(load.fill("s", 1_500, Duration.ofSeconds(30))).isEqualTo(1_500);

        assertThat(requests).hasValue(3);
    }

    @Test
    void aRecordThatWasNotTakenFailsTheLoad() {
        answer = "{\"Records\":[{\"ErrorCode\":\"ProvisionedThroughputExceededException\"}],\"FailedRecordCount\": 1}";

        assertThatThrownBy(() -> load.putRecords("s", Encoding.JSON, 1, NO_WARM_UP, SHORT))
                .hasMessageContaining("ProvisionedThroughputExceededException");
    }

    @Test
    void anErrorFailsTheLoadWithItsText() {
        status = 400;
        answer = "{\"__type\":\"ResourceNotFoundException\"}";

        assertThatThrownBy(() -> load.putRecord("s", 2, NO_WARM_UP, SHORT))
                .hasMessageContaining("400")
                .hasMessageContaining("ResourceNotFoundException");
    }
}
