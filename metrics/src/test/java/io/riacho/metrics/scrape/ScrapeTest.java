package io.riacho.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.metrics.MetricsServer;
import io.riacho.metrics.SignedHttp;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class ScrapeTest {

    private static final String PROMETHEUS = "/actuator/prometheus";

    private static MetricsServer server;

    @BeforeAll
    static void start() {
        server = new MetricsServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatApplicationsPutIsReadByPrometheus() throws Exception {
        try (CloudWatchClient client = server.client(MetricsServer.ROOT)) {
            client.putMetricData(request -> request.namespace("App/One")
                    .metricData(
                            datum -> datum.metricName("Lag")
                                    .value(3.0)
                                    .dimensions(
                                            b -> b.name("Shard").value("2"),
                                            a -> a.name("Op").value("Get")),
                            datum -> datum.metricName("Lag")
                                    .value(5.0)
                                    .dimensions(
                                            b -> b.name("Shard").value("2"),
                                            a -> a.name("Op").value("Get"))));
        }
        String tags = "{dimensions=\"Op=Get,Shard=2\",metric=\"Lag\",namespace=\"App/One\",unit=\"None\"}";
        assertThat(body(read(Map.of("Authorization", "Bearer " + MetricsServer.READER))))
                .contains("cloudwatch_samples_total" + tags + " 2.0")
                .contains("cloudwatch_sum" + tags + " 8.0")
                .contains("cloudwatch_maximum" + tags + " 5.0")
                .contains("riacho_metrics_series");
    }

    @Test
    void aForgottenMetricHasNoMetersLeft() throws Exception {
        try (CloudWatchClient client = server.client(MetricsServer.ROOT)) {
            client.putMetricData(request -> request.namespace("Gone")
                    .metricData(datum -> datum.metricName("Lag").value(3.0)));
        }
        Map<String, String> reader = Map.of("Authorization", "Bearer " + MetricsServer.READER);
        assertThat(body(read(reader))).contains("namespace=\"Gone\"");
        server.bean(MetricHistory.class).remove(Metric.of("Gone", "Lag"));
        assertThat(body(read(reader))).doesNotContain("namespace=\"Gone\"");
    }

    @Test
    void whoMayNotReadMetricsIsRefused() throws Exception {
        HttpResponse<byte[]> stranger = read(Map.of());
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("www-authenticate")).isPresent();
        assertThat(body(stranger)).doesNotContain("jvm_");
        assertThat(read(Map.of("Authorization", "Bearer nobody")).statusCode()).isEqualTo(401);
        HttpResponse<byte[]> writer = read(Map.of("Authorization", "Bearer " + MetricsServer.WRITER));
        assertThat(writer.statusCode()).isEqualTo(403);
        assertThat(body(writer)).contains("cloudwatch:GetMetricData").doesNotContain("jvm_");
    }

    @Test
    void aSignedRequestIsAsGoodAsAToken() throws Exception {
        assertThat(SignedHttp.send("GET", server.uri(PROMETHEUS), MetricsServer.READER, Map.of(), new byte[0])
                        .statusCode())
                .isEqualTo(200);
        assertThat(SignedHttp.send("GET", server.uri(PROMETHEUS), MetricsServer.WRITER, Map.of(), new byte[0])
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void noOtherWayLeadsThere() throws Exception {
        for (String path : new String[] {
            "/actuator/prometheus/",
            "/actuator/health/../prometheus",
            "/actuator/%70rometheus",
            "/actuator/health;/../prometheus",
            "/actuator//prometheus",
            "/actuator/prometheus;x=1",
            "//actuator/prometheus",
            "/./actuator/prometheus",
            "/actuator",
            "/actuator/health/"
        }) {
            HttpResponse<byte[]> answer = SignedHttp.get(server.uri(path), Map.of());
            assertThat(answer.statusCode()).as(path).isNotEqualTo(200);
            assertThat(body(answer)).as(path).doesNotContain("jvm_");
        }
    }

    @Test
    void healthIsForEverybody() throws Exception {
        for (String path :
                new String[] {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"}) {
            assertThat(SignedHttp.get(server.uri(path), Map.of()).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void loopbackIsOpenWhereTheOperatorSaysSo() throws Exception {
        try (MetricsServer open = new MetricsServer("riacho.metrics.scrape.open-on-loopback=true")) {
            assertThat(SignedHttp.get(open.uri(PROMETHEUS), Map.of()).statusCode())
                    .isEqualTo(200);
            assertThat(SignedHttp.get(open.uri("/actuator"), Map.of()).statusCode())
                    .isEqualTo(401);
        }
    }

    private static HttpResponse<byte[]> read(Map<String, String> headers) throws Exception {
        return SignedHttp.get(server.uri(PROMETHEUS), headers);
    }

    private static String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
