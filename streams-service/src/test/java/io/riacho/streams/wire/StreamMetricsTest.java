package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Statistics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the server counts of streams, shards and consumers, in the history and for Prometheus. */
class StreamMetricsTest {

    private static final String SHARD = "shardId-000000000000";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final WireServer SERVER = WireServer.ofItsOwn(
            "--riacho.streams.transition=1ms",
            "--riacho.streams.monitoring-interval=20ms",
            "--riacho.streams.limits.streams." + WireServer.THROTTLED_STREAM + ".read-calls-per-second=1",
            "--riacho.streams.limits.streams." + WireServer.THROTTLED_STREAM + ".write-records-per-second=2");

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void whatIsPutIsCounted() {
        String stream = SERVER.createStream(2);
        SERVER.call("PutRecord", "StreamName", stream, "PartitionKey", "key", "Data", "aGVsbG8=")
                .json();
        SERVER.call("PutRecords", "StreamName", stream, "Records", records(3)).json();
        awaitSum(stream, "IncomingRecords", 4);
        eventually(() -> {
            Statistics bytes = history(stream, "IncomingBytes");
            assertThat(bytes.sum()).isEqualTo(8 + 3 * 7);
            assertThat(bytes.count()).isEqualTo(2);
            assertThat(bytes.minimum()).isEqualTo(8);
            assertThat(bytes.maximum()).isEqualTo(21);
            assertThat(history(stream, "PutRecord.Success").sum()).isEqualTo(1);
            assertThat(history(stream, "PutRecord.Bytes").sum()).isEqualTo(8);
            assertThat(history(stream, "PutRecord.Latency").minimum())
                    .isPositive()
                    .isLessThan(10_000);
            assertThat(history(stream, "PutRecords.Success").average()).isEqualTo(1);
            assertThat(history(stream, "PutRecords.Bytes").sum()).isEqualTo(21);
            assertThat(history(stream, "PutRecords.TotalRecords").sum()).isEqualTo(3);
            assertThat(history(stream, "PutRecords.SuccessfulRecords").sum()).isEqualTo(3);
            assertThat(history(stream, "PutRecords.FailedRecords").sum()).isZero();
            assertThat(history(stream, "PutRecords.ThrottledRecords").sum()).isZero();
            assertThat(history(stream, "WriteProvisionedThroughputExceeded").maximum())
                    .isZero();
        });
    }

    @Test
    void whatIsReadIsCountedWithItsAge() {
        String stream = SERVER.createStream(1);
        SERVER.call("PutRecords", "StreamName", stream, "Records", records(3)).json();
        SERVER.clock().ahead(Duration.ofSeconds(30), () -> {
            String iterator = SERVER.iterator(stream, SHARD, "TRIM_HORIZON");
            String next = SERVER.call("GetRecords", "ShardIterator", iterator, "Limit", 2)
                    .json()
                    .path("NextShardIterator")
                    .asString();
            SERVER.getRecords(next);
        });
        awaitSum(stream, "GetRecords.Records", 3);
        eventually(() -> {
            assertThat(history(stream, "GetRecords.Bytes").sum()).isEqualTo(21);
            assertThat(history(stream, "GetRecords.Success").sum()).isEqualTo(2);
            assertThat(history(stream, "GetRecords.Latency").count()).isEqualTo(2);
            Statistics age = history(stream, "GetRecords.IteratorAgeMilliseconds");
            assertThat(age.maximum()).isBetween(30_000.0, 60_000.0);
            assertThat(age.minimum()).isZero();
            assertThat(history(stream, "ReadProvisionedThroughputExceeded").sum())
                    .isZero();
        });
    }

    @Test
    void whatIsThrottledIsCounted() {
        String stream = WireServer.THROTTLED_STREAM;
        SERVER.call("CreateStream", "StreamName", stream, "ShardCount", 1).isEmpty();
        SERVER.awaitActive(stream);
        SERVER.call("EnableEnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of("ALL"))
                .json();
        SERVER.awaitActive(stream);
        awaitScraped("aws_kinesis_WriteProvisionedThroughputExceeded_total{shard_id");
        int failed = SERVER.call("PutRecords", "StreamName", stream, "Records", records(50))
                .json()
                .path("FailedRecordCount")
                .asInt();
        assertThat(failed).isGreaterThan(40);
        awaitSum(stream, "PutRecords.ThrottledRecords", failed);
        eventually(() -> {
            assertThat(history(stream, "PutRecords.SuccessfulRecords").sum()).isEqualTo(50 - failed);
            assertThat(history(stream, "IncomingBytes").sum()).isEqualTo((50 - failed) * 7);
            assertThat(history(stream, "WriteProvisionedThroughputExceeded").sum())
                    .isEqualTo(failed);
            assertThat(shardHistory(stream, "WriteProvisionedThroughputExceeded")
                            .sum())
                    .isEqualTo(failed);
            assertThat(shardHistory(stream, "IncomingRecords").sum()).isEqualTo(50 - failed);
        });
        String iterator = SERVER.iterator(stream, SHARD, "TRIM_HORIZON");
        WireServer.await(
                () -> SERVER.call("GetRecords", "ShardIterator", iterator).status() == 400);
        awaitSum(stream, "ReadProvisionedThroughputExceeded", 1);
        WireServer.await(
                () -> shardHistory(stream, "ReadProvisionedThroughputExceeded").sum() == 1);
        eventually(() ->
                assertThat(history(stream, "GetRecords.Success").minimum()).isZero());
    }

    @Test
    void shardsAreCountedWhereThatIsAskedForAndAsLongAsItIs() {
        String stream = SERVER.createStream(1);
        SERVER.put(stream, "abc");
        awaitSum(stream, "IncomingRecords", 1);
        assertThat(scrape()).doesNotContain("stream_name=\"" + stream + "\",shard_id");
        assertThat(shardHistory(stream, "IncomingBytes").count()).isZero();

        SERVER.call(
                        "EnableEnhancedMonitoring",
                        "StreamName",
                        stream,
                        "ShardLevelMetrics",
                        List.of("IncomingBytes", "OutgoingRecords", "IteratorAgeMilliseconds"))
                .json();
        SERVER.awaitActive(stream);
        String meter = "aws_kinesis_IncomingBytes_total{shard_id=\"" + SHARD + "\",stream_name=\"" + stream + "\"}";
        awaitScraped(meter);
        SERVER.put(stream, "abcd");
        SERVER.getRecords(SERVER.iterator(stream, SHARD, "TRIM_HORIZON"));
        WireServer.await(() -> shardHistory(stream, "OutgoingRecords").sum() == 2);
        eventually(() -> {
            assertThat(shardHistory(stream, "IncomingBytes").sum()).isEqualTo(4);
            assertThat(shardHistory(stream, "IteratorAgeMilliseconds").count()).isEqualTo(1);
            assertThat(shardHistory(stream, "OutgoingBytes").count()).isZero();
            assertThat(scrape()).contains(meter + " 4.0");
        });

        SERVER.call("DisableEnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of("ALL"))
                .json();
        SERVER.awaitActive(stream);
        awaitNotScraped("shard_id=\"" + SHARD + "\",stream_name=\"" + stream + "\"");
        SERVER.put(stream, "abcd");
        awaitSum(stream, "IncomingRecords", 3);
        assertThat(shardHistory(stream, "IncomingBytes").sum()).isEqualTo(4);
    }

    @Test
    void shardsThatAreMadeLaterAreCountedToo() {
        String stream = SERVER.createStream(1);
        SERVER.call("EnableEnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of("IncomingRecords"))
                .json();
        SERVER.awaitActive(stream);
        SERVER.call("UpdateShardCount", "StreamName", stream, "TargetShardCount", 2, "ScalingType", "UNIFORM_SCALING")
                .json();
        SERVER.awaitActive(stream);
        for (String shard : List.of("shardId-000000000001", "shardId-000000000002")) {
            awaitScraped(
                    "aws_kinesis_IncomingRecords_total{shard_id=\"" + shard + "\",stream_name=\"" + stream + "\"}");
        }
    }

    @Test
    void aConsumersEventsAreCounted() {
        String stream = SERVER.createStream(1);
        String consumer = SERVER.registerConsumer(stream, "reader");
        SERVER.put(stream, "abc");
        try (FanOutClient client = new FanOutClient(SERVER)) {
            client.subscribe(consumer, SHARD, FanOutClient.TRIM_HORIZON).records(1);
            WireServer.await(() ->
                    consumerHistory(stream, "SubscribeToShardEvent.Records").sum() == 1);
            eventually(() -> {
                assertThat(consumerHistory(stream, "SubscribeToShardEvent.Bytes")
                                .sum())
                        .isEqualTo(3);
                assertThat(consumerHistory(stream, "SubscribeToShardEvent.Success")
                                .sum())
                        .isPositive();
                assertThat(consumerHistory(stream, "SubscribeToShard.Success").sum())
                        .isEqualTo(1);
                assertThat(consumerHistory(stream, "SubscribeToShard.RateExceeded")
                                .count())
                        .isEqualTo(1);
            });
        }
        String meter = "aws_kinesis_SubscribeToShard_Success_total{consumer_name=\"reader\",stream_name=\"" + stream
                + "\"} 1.0";
        awaitScraped(meter);
        SERVER.call("DeregisterStreamConsumer", "ConsumerARN", consumer).isEmpty();
        awaitNotScraped("consumer_name=\"reader\",stream_name=\"" + stream + "\"");
    }

    @Test
    void theMetersOfADeletedStreamGoAwayAndThoseOfItsSuccessorBeginAnew() {
        String stream = SERVER.createStream(1);
        String tag = "stream_name=\"" + stream + "\"";
        SERVER.put(stream, "a");
        awaitScraped("aws_kinesis_IncomingRecords_total{" + tag + "} 1.0");
        awaitScraped("aws_kinesis_PutRecord_Latency_seconds_count{" + tag + "} 1");
        awaitScraped("aws_kinesis_GetRecords_IteratorAgeMilliseconds{" + tag + "} 0.0");
        SERVER.call("DeleteStream", "StreamName", stream).isEmpty();
        SERVER.awaitGone(stream);
        awaitNotScraped(tag);
        SERVER.call("CreateStream", "StreamName", stream, "ShardCount", 1).isEmpty();
        SERVER.awaitActive(stream);
        awaitScraped("aws_kinesis_IncomingRecords_total{" + tag + "} 0.0");
    }

    private static List<Object> records(int count) {
        return IntStream.range(10, 10 + count)
                .mapToObj(i -> (Object) object("PartitionKey", "k" + i, "Data", "dGVzdA=="))
                .toList();
    }

    /** Metrics are taken over one after the other: where one is there, others of the same calls may be about to come. */
    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(Duration.ofSeconds(45)).untilAsserted(assertions);
    }

    private static void awaitSum(String stream, String metric, double sum) {
        WireServer.await(() -> history(stream, metric).sum() == sum);
    }

    private static Statistics history(String stream, String metric) {
        return read(Metric.of("AWS/Kinesis", metric, new Dimension("StreamName", stream)));
    }

    private static Statistics shardHistory(String stream, String metric) {
        return read(
                Metric.of("AWS/Kinesis", metric, new Dimension("StreamName", stream), new Dimension("ShardId", SHARD)));
    }

    private static Statistics consumerHistory(String stream, String metric) {
        return read(Metric.of(
                "AWS/Kinesis", metric, new Dimension("StreamName", stream), new Dimension("ConsumerName", "reader")));
    }

    /** Of the last hour together. */
    private static Statistics read(Metric metric) {
        var now = SERVER.clock().instant();
        Collection<Statistics> all = SERVER.bean("metricHistory", MetricHistory.class)
                .read(metric, null, now.minusSeconds(1800), now.plusSeconds(1800), 3600)
                .values();
        return all.stream().findFirst().orElseGet(Statistics::new);
    }

    private static void awaitScraped(String text) {
        WireServer.await(() -> scrape().contains(text));
    }

    private static void awaitNotScraped(String text) {
        WireServer.await(() -> !scrape().contains(text));
    }

    private static String scrape() {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(SERVER.endpoint().resolve("/actuator/prometheus"))
                            .header(
                                    "Authorization",
                                    "Bearer " + SERVER.users().root().token())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
