package io.riacho.firehose.directput;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.EncryptionState;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.HistorySettings;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Series;
import io.riacho.metrics.history.SeriesWatcher;
import io.riacho.metrics.history.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

class PutMetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Dimension NAME = new Dimension("DeliveryStreamName", "clicks");

    private final DeliveryStream stream = new DeliveryStream(
            UUID.randomUUID(),
            "clicks",
            "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
            "us-east-1",
            NOW,
            null,
            DeliveryStreamStatus.ACTIVE,
            1,
            new Source.DirectPut(null),
            ExtendedS3DestinationConfiguration.builder().build(),
            new EncryptionState(DeliveryStreamEncryptionStatus.DISABLED, null, null, null),
            null,
            Map.of(),
            List.of());
    private final MetricHistory history = new MetricHistory(
            new HistorySettings(Duration.ZERO, Duration.ofHours(3), Duration.ZERO, 100, 100, 1 << 20),
            () -> NOW,
            new SeriesWatcher() {
                @Override
                public void added(MetricHistory.Key key, Series series) {}

                @Override
                public void removed(MetricHistory.Key key) {}
            });
    private final PutMetrics metrics = new PutMetrics(history, () -> NOW);

    @Test
    void whatIsPutIsInTheHistoryOnceItIsTakenOver() {
        metrics.put(stream, "PutRecord", 1, 10, 0);
        metrics.put(stream, "PutRecordBatch", 3, 30, 1);
        assertThat(history.all()).isEmpty();

        metrics.takeOver(_ -> true);

        assertThat(read("IncomingPutRequests").sum()).isEqualTo(2);
        assertThat(read("IncomingRecords").sum()).isEqualTo(3);
        assertThat(read("IncomingBytes").sum()).isEqualTo(40);
        assertThat(read("IncomingBytes").maximum()).isEqualTo(30);
        assertThat(read("IncomingBytes").minimum()).isEqualTo(10);
        assertThat(read("PutRecord.Requests").sum()).isEqualTo(1);
        assertThat(read("PutRecord.Bytes").sum()).isEqualTo(10);
        assertThat(read("PutRecordBatch.Requests").sum()).isEqualTo(1);
        assertThat(read("PutRecordBatch.Bytes").sum()).isEqualTo(30);
        assertThat(read("PutRecordBatch.Records").sum()).isEqualTo(3);
        assertThat(read("ThrottledRecords").sum()).isEqualTo(1);
    }

    @Test
    void nothingIsTakenOverTwice() {
        metrics.put(stream, "PutRecord", 1, 10, 0);
        metrics.takeOver(_ -> true);
        metrics.put(stream, "PutRecord", 1, 20, 0);
        metrics.takeOver(_ -> true);
        metrics.takeOver(_ -> true);

        assertThat(read("IncomingBytes").sum()).isEqualTo(30);
        assertThat(read("IncomingBytes").count()).isEqualTo(2);
    }

    @Test
    void whatWasPutIntoADeliveryStreamThatIsGoneIsTakenOverOnce() {
        metrics.put(stream, "PutRecord", 1, 10, 0);
        metrics.takeOver(_ -> false);
        metrics.put(stream, "PutRecord", 1, 20, 0);
        metrics.takeOver(_ -> false);

        assertThat(read("IncomingRecords").sum()).isEqualTo(2);
    }

    private Statistics read(String name) {
        Map.@Nullable Entry<Long, Statistics> period = history.read(
                        Metric.of("AWS/Firehose", name, NAME), null, NOW.minusSeconds(60), NOW.plusSeconds(60), 120)
                .firstEntry();
        return requireNonNull(period, name).getValue();
    }
}
