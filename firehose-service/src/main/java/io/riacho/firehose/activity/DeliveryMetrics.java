package io.riacho.firehose.activity;

import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Samples;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Counts what a delivery stream does, under CloudWatch's names.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html">Monitor Amazon Data
 *     Firehose with CloudWatch metrics</a>
 */
public final class DeliveryMetrics implements ActivityListener {

    /** How metrics of reading a Kinesis stream begin. */
    public static final String FROM_KINESIS = "DataReadFromKinesisStream";

    /** How metrics of reading any other source begin. */
    public static final String FROM_SOURCE = "DataReadFromSource";

    private static final String NAMESPACE = "AWS/Firehose";
    private static final String COUNT = "Count";
    private static final String BYTES = "Bytes";
    private static final String SECONDS = "Seconds";
    private static final String MILLISECONDS = "Milliseconds";

    private final MetricHistory history;
    private final InstantSource clock;
    private final Dimension stream;
    private final String delivery;
    private final String reading;

    /**
     * @param delivery how metrics of the destination begin, such as {@code DeliveryToS3}
     * @param reading how metrics of the source begin, such as {@code DataReadFromKinesisStream}
     */
    public DeliveryMetrics(
            MetricHistory history, InstantSource clock, String streamName, String delivery, String reading) {
        this.history = history;
        this.clock = clock;
        this.stream = new Dimension("DeliveryStreamName", streamName);
        this.delivery = delivery;
        this.reading = reading;
    }

    /** @param configuration the class of the destination's configuration */
    public static String deliveryTo(Class<?> configuration) {
        String name = configuration.getSimpleName();
        return "DeliveryTo"
                + switch (name.substring(0, name.indexOf("DestinationConfiguration"))) {
                    case "ExtendedS3", "S3" -> "S3";
                    case "Amazonopensearchservice" -> "AmazonOpenSearchService";
                    case "AmazonOpenSearchServerless" -> "AmazonOpenSearchServerless";
                    case String other -> other;
                };
    }

    @Override
    public void delivered(DeliveryReport report) {
        add(delivery + ".Records", COUNT, report.records() - report.rejected());
        add(delivery + ".Bytes", BYTES, report.bytes());
        add(delivery + ".Success", COUNT, report.rejected() == 0 ? 1 : 0);
        add(delivery + ".DataFreshness", SECONDS, seconds(report.freshness()));
    }

    @Override
    public void backedUp(int records, long bytes) {
        add("BackupToS3.Records", COUNT, records);
        add("BackupToS3.Bytes", BYTES, bytes);
        add("BackupToS3.Success", COUNT, 1);
    }

    @Override
    public void failed(String code) {
        add(delivery + ".Success", COUNT, 0);
    }

    /** CloudWatch has no such time of Kafka. */
    @Override
    public void behind(Duration behind) {
        if (reading.equals(FROM_KINESIS)) {
            add("KinesisMillisBehindLatest", MILLISECONDS, behind.toMillis());
        }
    }

    @Override
    public void lagging(long offsets) {
        add("KafkaOffsetLag", COUNT, offsets);
    }

    @Override
    public void paced(boolean backpressured, Duration throttled) {
        add(FROM_SOURCE + ".Backpressured", COUNT, backpressured ? 1 : 0);
        add("SourceThrottled.Delay", MILLISECONDS, throttled.toMillis());
    }

    @Override
    public void read(int records, long bytes) {
        if (records > 0) {
            add(reading + ".Records", COUNT, records);
            add(reading + ".Bytes", BYTES, bytes);
        }
    }

    @Override
    public void processed(int kept, int dropped, int failed, Duration took) {
        add("ExecuteProcessing.Duration", MILLISECONDS, took.toMillis());
        add("ExecuteProcessing.Success", COUNT, failed == 0 ? 1 : 0);
        add("SucceedProcessing.Records", COUNT, kept + dropped);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }

    private void add(String name, String unit, double value) {
        history.addOwn(
                new MetricHistory.Key(Metric.of(NAMESPACE, name, stream), unit), Samples.of(value), clock.instant());
    }
}
