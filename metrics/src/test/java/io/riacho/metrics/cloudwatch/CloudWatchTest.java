package io.riacho.metrics.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.metrics.MetricsServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The operations as the AWS SDK for Java calls them, which is by Smithy's RPC v2 CBOR protocol. */
class CloudWatchTest {

    private static MetricsServer server;
    private static CloudWatchClient root;
    private static CloudWatchClient writer;
    private static CloudWatchClient reader;

    private final String namespace = "Test/" + UUID.randomUUID();
    private final Instant minute = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MINUTES);

    @BeforeAll
    static void start() {
        server = new MetricsServer("riacho.metrics.max-series=2500");
        root = server.client(MetricsServer.ROOT);
        writer = server.client(MetricsServer.WRITER);
        reader = server.client(MetricsServer.READER);
    }

    @AfterAll
    static void stop() {
        root.close();
        writer.close();
        reader.close();
        server.close();
    }

    @Test
    void whatIsPutIsReadAsStatistics() {
        put(value(1, minute), value(4, minute.plusSeconds(59)), value(9, minute.plusSeconds(60)));
        List<Datapoint> datapoints = statistics(60, Statistic.knownValues().toArray(Statistic[]::new));
        assertThat(datapoints).hasSize(2);
        Datapoint first = datapoints.stream()
                .filter(each -> each.timestamp().equals(minute))
                .findFirst()
                .orElseThrow();
        assertThat(first.sampleCount()).isEqualTo(2);
        assertThat(first.sum()).isEqualTo(5);
        assertThat(first.average()).isEqualTo(2.5);
        assertThat(first.minimum()).isEqualTo(1);
        assertThat(first.maximum()).isEqualTo(4);
        assertThat(first.unit()).isEqualTo(StandardUnit.MILLISECONDS);
    }

    @Test
    void periodsAreSummedUp() {
        put(value(1, minute), value(2, minute.plusSeconds(60)), value(4, minute.plusSeconds(300)));
        assertThat(statistics(300, Statistic.SUM).stream().map(Datapoint::sum)).containsExactlyInAnyOrder(3.0, 4.0);
    }

    @Test
    void aStatisticSetIsAddedToWhatThereIs() {
        put(
                value(10, minute),
                datum().timestamp(minute)
                        .statisticValues(set ->
                                set.sampleCount(3.0).sum(6.0).minimum(1.0).maximum(3.0))
                        .build());
        Datapoint datapoint = statistics(60, Statistic.knownValues().toArray(Statistic[]::new))
                .getFirst();
        assertThat(datapoint.sampleCount()).isEqualTo(4);
        assertThat(datapoint.average()).isEqualTo(4);
        assertThat(datapoint.minimum()).isEqualTo(1);
        assertThat(datapoint.maximum()).isEqualTo(10);
    }

    @Test
    void percentilesAreOfTheValuesThatWerePut() {
        put(datum().timestamp(minute)
                .values(1.0, 2.0, 3.0)
                .counts(90.0, 9.0, 1.0)
                .build());
        assertThat(data("p50").values()).containsExactly(1.0);
        assertThat(data("p95").values()).containsExactly(2.0);
        assertThat(data("p99.9").values()).containsExactly(3.0);
        Datapoint datapoint = root.getMetricStatistics(request -> request.namespace(namespace)
                        .metricName("Latency")
                        .startTime(minute)
                        .endTime(minute.plusSeconds(60))
                        .period(60)
                        .extendedStatistics("p99", "p100"))
                .datapoints()
                .getFirst();
        assertThat(datapoint.extendedStatistics()).containsEntry("p99", 2.0).containsEntry("p100", 3.0);
    }

    @Test
    void aStatisticSetHasNoPercentiles() {
        put(datum().timestamp(minute)
                .statisticValues(
                        set -> set.sampleCount(2.0).sum(3.0).minimum(1.0).maximum(2.0))
                .build());
        assertThat(data("p50").values()).isEmpty();
        assertThat(data("Sum").values()).containsExactly(3.0);
    }

    @Test
    void valuesOfHighResolutionAreReadBySecond() {
        put(
                datum().timestamp(minute).value(1.0).storageResolution(1).build(),
                datum().timestamp(minute.plusSeconds(1))
                        .value(2.0)
                        .storageResolution(1)
                        .build(),
                value(4, minute.plusSeconds(2)));
        assertThat(data("Sum", 1).values()).containsExactly(2.0, 1.0);
        assertThat(data("Sum", 60).values()).containsExactly(7.0);
    }

    @Test
    void dataComesNewestFirstUnlessAskedOtherwise() {
        put(value(1, minute), value(2, minute.plusSeconds(60)));
        assertThat(data("Sum").timestamps()).containsExactly(minute.plusSeconds(60), minute);
        assertThat(root.getMetricData(request -> request.startTime(minute)
                                .endTime(minute.plusSeconds(600))
                                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                                .metricDataQueries(query("a", "Sum", 60)))
                        .metricDataResults()
                        .getFirst()
                        .values())
                .containsExactly(1.0, 2.0);
    }

    @Test
    void dataIsGivenOutInPages() {
        put(value(1, minute), value(2, minute.plusSeconds(60)), value(3, minute.plusSeconds(120)));
        List<GetMetricDataResponse> pages = root
                .getMetricDataPaginator(request -> request.startTime(minute)
                        .endTime(minute.plusSeconds(600))
                        .maxDatapoints(2)
                        .metricDataQueries(query("a", "Sum", 60), query("b", "Maximum", 60)))
                .stream()
                .toList();
        assertThat(pages).hasSize(3);
        assertThat(pages.stream()
                        .flatMap(page -> page.metricDataResults().stream())
                        .filter(result -> result.id().equals("b"))
                        .flatMap(result -> result.values().stream()))
                .containsExactly(3.0, 2.0, 1.0);
    }

    @Test
    void dimensionsMakeAnotherMetricAndTheirOrderDoesNot() {
        Dimension a = Dimension.builder().name("A").value("1").build();
        Dimension b = Dimension.builder().name("B").value("2").build();
        put(
                datum().timestamp(minute).value(1.0).dimensions(a, b).build(),
                datum().timestamp(minute).value(2.0).dimensions(b, a).build(),
                value(4, minute));
        assertThat(root.getMetricData(request -> request.startTime(minute)
                                .endTime(minute.plusSeconds(60))
                                .metricDataQueries(MetricDataQuery.builder()
                                        .id("a")
                                        .metricStat(stat -> stat.metric(metric("Latency", b, a))
                                                .period(60)
                                                .stat("Sum"))
                                        .build()))
                        .metricDataResults()
                        .getFirst()
                        .values())
                .containsExactly(3.0);
        assertThat(data("Sum").values()).containsExactly(4.0);
        assertThat(root.listMetrics(request -> request.namespace(namespace)).metrics())
                .containsExactlyInAnyOrder(metric("Latency"), metric("Latency", a, b));
        assertThat(root.listMetrics(request -> request.namespace(namespace).dimensions(filter -> filter.name("A")))
                        .metrics())
                .containsExactly(metric("Latency", a, b));
        assertThat(root.listMetrics(request -> request.namespace(namespace)
                                .dimensions(filter -> filter.name("A").value("2")))
                        .metrics())
                .isEmpty();
    }

    @Test
    void unitsAreKeptApartUnlessNoneIsAskedFor() {
        put(
                value(1, minute),
                datum().timestamp(minute).value(2.0).unit(StandardUnit.BYTES).build());
        assertThat(statistics(60, Statistic.SUM).stream().map(Datapoint::unit))
                .containsExactlyInAnyOrder(StandardUnit.BYTES, StandardUnit.MILLISECONDS);
        assertThat(data("Sum").values()).containsExactly(3.0);
    }

    @Test
    void metricsAreListedInPagesOfFiveHundred() {
        for (int part = 0; part < 2; part++) {
            int from = part * 600;
            root.putMetricData(request -> request.namespace(namespace)
                    .metricData(IntStream.range(from, from + 600)
                            .mapToObj(
                                    i -> datum().metricName("m" + i).value(1.0).build())
                            .toList()));
        }
        assertThat(root.listMetrics(request -> request.namespace(namespace)).metrics())
                .hasSize(500);
        assertThat(root.listMetricsPaginator(request -> request.namespace(namespace)).metrics().stream()
                        .map(Metric::metricName))
                .hasSize(1200)
                .doesNotHaveDuplicates();
        assertThat(root.listMetrics(request -> request.namespace(namespace).metricName("m7"))
                        .metrics())
                .hasSize(1);
    }

    @Test
    void aLargeRequestThatTheClientCompressesIsTaken() {
        // The client compresses what is larger than 10 KB.
        List<MetricDatum> datums = IntStream.range(0, 1000)
                .mapToObj(i -> value(i, minute.plusSeconds(i % 60)))
                .toList();
        root.putMetricData(request -> request.namespace(namespace).metricData(datums));
        assertThat(data("SampleCount").values()).containsExactly(1000.0);
        assertThat(data("Sum").values()).containsExactly(499_500.0);
    }

    @Test
    void moreMetricsThanAreAllowedAreRefusedAndNothingOfTheRequestIsTaken() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(CloudWatchException.class)
                    .isThrownBy(() -> {
                        for (int part = 0; part < 4; part++) {
                            int from = part * 1000;
                            root.putMetricData(request -> request.namespace(namespace + "/many")
                                    .metricData(IntStream.range(from, from + 1000)
                                            .mapToObj(i -> datum().metricName("many" + i)
                                                    .value(1.0)
                                                    .build())
                                            .toList()));
                        }
                    })
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("LimitExceeded"))
                    .withMessageContaining("riacho.metrics.max-series");
        }
        assertThat(root.listMetricsPaginator(request -> request.namespace(namespace + "/many")).metrics().stream()
                        .count())
                .isLessThanOrEqualTo(2000);
        server.bean(io.riacho.metrics.history.MetricHistory.class).all().forEach(metric -> {
            if (metric.namespace().equals(namespace + "/many")) {
                server.bean(io.riacho.metrics.history.MetricHistory.class).remove(metric);
            }
        });
    }

    @Test
    void aWriterMayPutIntoItsNamespaceOnly() {
        writer.putMetricData(request -> request.namespace("Mine").metricData(value(1, minute)));
        assertDenied(
                () -> writer.putMetricData(request -> request.namespace("Other").metricData(value(1, minute))));
        assertDenied(() -> writer.listMetrics());
        assertDenied(
                () -> reader.putMetricData(request -> request.namespace("Mine").metricData(value(1, minute))));
        assertDenied(() -> reader.getMetricStatistics(request -> request.namespace("Mine")
                .metricName("Latency")
                .startTime(minute)
                .endTime(minute.plusSeconds(60))
                .period(60)
                .statistics(Statistic.SUM)));
        reader.getMetricData(request ->
                request.startTime(minute).endTime(minute.plusSeconds(60)).metricDataQueries(query("a", "Sum", 60)));
    }

    @Test
    void aStrangerIsRefused() {
        try (CloudWatchClient stranger = server.client("AKIASTRANGER")) {
            assertThatExceptionOfType(CloudWatchException.class)
                    .isThrownBy(stranger::listMetrics)
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode())
                            .isIn("InvalidClientTokenId", "UnrecognizedClientException"));
        }
    }

    @Test
    void whatIsNotAMetricIsRefused() {
        assertInvalid(datum().build(), MissingRequiredParameterException.class);
        assertInvalid(value(Double.NaN, minute), InvalidParameterValueException.class);
        assertInvalid(value(Double.POSITIVE_INFINITY, minute), InvalidParameterValueException.class);
        assertInvalid(value(-Math.scalb(1.1, 360), minute), InvalidParameterValueException.class);
        assertInvalid(
                value(1, Instant.now().minus(Duration.ofDays(14)).minusSeconds(60)),
                InvalidParameterValueException.class);
        assertInvalid(
                value(1, Instant.now().plus(Duration.ofHours(2)).plusSeconds(60)),
                InvalidParameterValueException.class);
        assertInvalid(datum().value(1.0).values(1.0).build(), InvalidParameterCombinationException.class);
        assertInvalid(datum().counts(1.0).value(1.0).build(), InvalidParameterCombinationException.class);
        assertInvalid(datum().values(1.0, 2.0).counts(1.0).build(), InvalidParameterCombinationException.class);
        assertInvalid(datum().values(1.0).counts(0.0).build(), InvalidParameterValueException.class);
        assertInvalid(
                datum().values(IntStream.range(0, 151).mapToObj(i -> (double) i).toList())
                        .build(),
                InvalidParameterValueException.class);
        assertInvalid(
                datum().statisticValues(set ->
                                set.sampleCount(1.0).sum(1.0).minimum(2.0).maximum(1.0))
                        .build(),
                InvalidParameterCombinationException.class);
        assertInvalid(
                datum().statisticValues(set ->
                                set.sampleCount(0.0).sum(1.0).minimum(1.0).maximum(1.0))
                        .build(),
                InvalidParameterValueException.class);
        assertInvalid(datum().value(1.0).storageResolution(30).build(), InvalidParameterValueException.class);
        assertInvalid(dimension("Größe", "1"), InvalidParameterValueException.class);
        assertInvalid(dimension("Size", " "), InvalidParameterValueException.class);
        assertInvalid(
                datum().value(1.0)
                        .dimensions(
                                Dimension.builder().name("A").value("1").build(),
                                Dimension.builder().name("A").value("2").build())
                        .build(),
                InvalidParameterValueException.class);
        assertInvalid(datum().value(1.0).unit("Brooks").build(), CloudWatchException.class);
        assertInvalid(
                datum().value(1.0)
                        .dimensions(IntStream.range(0, 31)
                                .mapToObj(i -> Dimension.builder()
                                        .name("d" + i)
                                        .value("v")
                                        .build())
                                .toList())
                        .build(),
                CloudWatchException.class);
        assertThat(root.listMetrics(request -> request.namespace(namespace)).metrics())
                .isEmpty();
    }

    @Test
    void aRequestIsRefusedForItsNamespaceAndItsSize() {
        assertThatExceptionOfType(InvalidParameterValueException.class)
                .isThrownBy(() -> root.putMetricData(
                        request -> request.namespace("AWS/Kinesis").metricData(value(1, minute))));
        assertThatExceptionOfType(MissingRequiredParameterException.class)
                .isThrownBy(() -> root.putMetricData(request -> request.namespace(namespace)));
        assertThatExceptionOfType(InvalidParameterValueException.class)
                .isThrownBy(() -> root.putMetricData(request -> request.namespace(namespace)
                        .metricData(IntStream.rangeClosed(0, 1000)
                                .mapToObj(i -> value(1, minute))
                                .toList())));
        assertThatExceptionOfType(InvalidParameterValueException.class)
                .isThrownBy(() -> root.putMetricData(request ->
                        request.namespace(namespace).entityMetricData(entity -> entity.metricData(value(1, minute)))));
    }

    @Test
    void queriesThatThisServerDoesNotAnswerAreRefused() {
        assertQueryRefused(MetricDataQuery.builder().id("a").expression("b*2").build(), "expressions");
        assertQueryRefused(query("a", "TM(10%:90%)", 60), "percentile");
        assertQueryRefused(query("a", "p101", 60), "percentile");
        assertQueryRefused(query("a", "Sum", 7), "Period");
        assertQueryRefused(query("A", "Sum", 60), "lower-case");
        assertQueryRefused(MetricDataQuery.builder().id("a").build(), "MetricStat");
        assertQueryRefused(
                query("a", "Sum", 60).toBuilder().accountId("111111111111").build(), "account");
        assertQueryRefused(query("a", "Sum", 60).toBuilder().returnData(false).build(), "ReturnData");
    }

    @Test
    void aMadeUpPageTokenIsRefused() {
        for (String token : List.of("x", "!", "AAAA", "AAAAAAAAAA")) {
            assertThatExceptionOfType(CloudWatchException.class)
                    .isThrownBy(() -> root.listMetrics(request -> request.nextToken(token)))
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidNextToken"));
        }
    }

    private void assertInvalid(MetricDatum datum, Class<? extends CloudWatchException> error) {
        assertThatExceptionOfType(error)
                .as(datum.toString())
                .isThrownBy(() -> put(value(1, minute), datum))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    }

    private void assertQueryRefused(MetricDataQuery query, String text) {
        assertThatExceptionOfType(CloudWatchException.class)
                .isThrownBy(() -> root.getMetricData(request -> request.startTime(minute)
                        .endTime(minute.plusSeconds(60))
                        .metricDataQueries(query)))
                .withMessageContaining(text)
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(CloudWatchException.class)
                .isThrownBy(call)
                .withMessageContaining("is not authorized to perform: cloudwatch:");
    }

    private void put(MetricDatum... datums) {
        root.putMetricData(request -> request.namespace(namespace).metricData(datums));
    }

    private MetricDataResult data(String stat) {
        return data(stat, 60);
    }

    private MetricDataResult data(String stat, int period) {
        return root.getMetricData(request -> request.startTime(minute)
                        .endTime(minute.plusSeconds(600))
                        .metricDataQueries(query("a", stat, period)))
                .metricDataResults()
                .getFirst();
    }

    private List<Datapoint> statistics(int period, Statistic... statistics) {
        return root.getMetricStatistics(request -> request.namespace(namespace)
                        .metricName("Latency")
                        .startTime(minute)
                        .endTime(minute.plusSeconds(600))
                        .period(period)
                        .statistics(statistics))
                .datapoints();
    }

    private MetricDataQuery query(String id, String stat, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(
                        each -> each.metric(metric("Latency")).period(period).stat(stat))
                .build();
    }

    private Metric metric(String name, Dimension... dimensions) {
        return Metric.builder()
                .namespace(namespace)
                .metricName(name)
                .dimensions(dimensions)
                .build();
    }

    private static MetricDatum value(double value, Instant time) {
        return datum().value(value).timestamp(time).build();
    }

    private static MetricDatum dimension(String name, String value) {
        return datum().value(1.0)
                .dimensions(Dimension.builder().name(name).value(value).build())
                .build();
    }

    private static MetricDatum.Builder datum() {
        return MetricDatum.builder().metricName("Latency").unit(StandardUnit.MILLISECONDS);
    }
}
