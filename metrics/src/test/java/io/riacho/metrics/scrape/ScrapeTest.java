package io.riacho.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.metrics.MetricsServer;
import io.riacho.metrics.SignedHttp;
import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Samples;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
    void whatServicesMeasureOfThemselvesIsReadUnderTheNamesOfCloudWatch() throws Exception {
        MetricHistory history = server.bean(MetricHistory.class);
        Dimension stream = new Dimension("DeliveryStreamName", "orders");
        Instant now = Instant.now();
        for (double value : new double[] {3, 4}) {
            history.addOwn(key("AWS/Firehose", "IncomingRecords", "Count", stream), Samples.of(value), now);
        }
        history.addOwn(key("AWS/Firehose", "DeliveryToS3.Success", "Count", stream), Samples.of(1), now);
        history.addOwn(key("AWS/Firehose", "DeliveryToS3.Success", "Count", stream), Samples.of(0), now);
        history.addOwn(key("AWS/Firehose", "DeliveryToS3.DataFreshness", "Seconds", stream), Samples.of(70), now);
        history.addOwn(key("AWS/Firehose", "KafkaOffsetLag", "Count", stream), Samples.of(9), now);
        Dimension application = new Dimension("Application", "alerts");
        history.addOwn(key("AWS/KinesisAnalytics", "fullRestarts", "Count", application), Samples.of(2), now);
        history.addOwn(key("AWS/KinesisAnalytics", "fullRestarts", "Count", application), Samples.of(2), now);
        history.addOwn(
                key("AWS/KinesisAnalytics", "millisBehindLatest", "Milliseconds", application),
                Samples.of(5),
                now.minus(Duration.ofMinutes(10)));
        String orders = "{delivery_stream_name=\"orders\"}";
        assertThat(body(read(Map.of("Authorization", "Bearer " + MetricsServer.READER))))
                .contains("aws_firehose_IncomingRecords_total" + orders + " 7.0")
                .contains("aws_firehose_DeliveryToS3_Success_total" + orders + " 1.0")
                .contains("aws_firehose_DeliveryToS3_Success_samples_total" + orders + " 2.0")
                .contains("aws_firehose_DeliveryToS3_DataFreshness" + orders + " 70.0")
                .contains("aws_firehose_KafkaOffsetLag" + orders + " 9.0")
                .contains("aws_kinesisanalytics_fullRestarts{application=\"alerts\"} 2.0")
                .contains("aws_kinesisanalytics_millisBehindLatest{application=\"alerts\"} NaN");
    }

    private static MetricHistory.Key key(String namespace, String name, String unit, Dimension dimension) {
        return new MetricHistory.Key(Metric.of(namespace, name, dimension), unit);
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
