package io.riacho.firehose.source.kafka;

import io.riacho.firehose.activity.Activities;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.firehose.deliverystream.SourceCheck;
import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.firehose.source.RecordSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.MSKSourceConfiguration;

/** Opens the topics that delivery streams read, in the clusters that the server's configuration knows. */
public final class KafkaSources implements SourceCheck {

    private final KafkaProperties properties;
    private final Activities activities;
    private final InstantSource clock;
    private final Pace pace;

    public KafkaSources(KafkaProperties properties, Activities activities, InstantSource clock) {
        this(properties, activities, clock, Pace.USUAL);
    }

    KafkaSources(KafkaProperties properties, Activities activities, InstantSource clock, Pace pace) {
        this.properties = properties;
        this.activities = activities;
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    public DeliveryStreamType type() {
        return DeliveryStreamType.MSK_AS_SOURCE;
    }

    /** Whether the topic is there, and may be read, is seen when it is read. */
    @Override
    public void check(Source source) {
        if (source instanceof Source.Kafka kafka) {
            String arn = kafka.configuration().mskClusterARN();
            if (cluster(arn) == null) {
                throw FirehoseErrors.invalidArgument("MSKClusterARN " + arn + " is not known: the server's property "
                        + KafkaProperties.property(arn) + " has to tell where the cluster is.");
            }
            if (from(kafka).isAfter(kafka.startedAt())) {
                throw FirehoseErrors.invalidArgument("ReadFromTimestamp cannot be in the future.");
            }
        }
    }

    /**
     * Does not connect yet.
     *
     * @param metadata whether records carry what functions are told of them
     */
    public RecordSource open(DeliveryStream stream, Source.Kafka source, boolean metadata) {
        MSKSourceConfiguration configuration = source.configuration();
        String arn = configuration.mskClusterARN();
        String topic = configuration.topicName();
        TopicConsumer consumer = TopicConsumer.start(
                stream.name(),
                topic,
                () -> ConsumerSettings.open(
                        Objects.requireNonNull(cluster(arn), () -> KafkaProperties.property(arn) + " is not set"),
                        stream.name(),
                        pace),
                new RecordReader(metadata ? arn : null),
                new Told(stream),
                pace);
        TopicIds ids = new TopicIds(
                topic,
                () -> ConsumerSettings.openAdmin(
                        Objects.requireNonNull(cluster(arn), () -> KafkaProperties.property(arn) + " is not set"),
                        stream.name(),
                        pace));
        return new KafkaSource(arn + "/" + topic, topic, from(source), pace, consumer, ids);
    }

    /** Tells the delivery stream's activity. */
    private final class Told implements ReadingListener {

        private final DeliveryStream stream;

        Told(DeliveryStream stream) {
            this.stream = stream;
        }

        @Override
        public void lost(String shard, String text) {
            activities.of(stream).failed(shard, clock.instant(), "OffsetOutOfRangeException", text);
        }

        @Override
        public void behind(String shard, long lag) {
            activities.of(stream).lagging(lag);
        }

        @Override
        public void paced(boolean backpressured, Duration throttled) {
            activities.of(stream).paced(backpressured, throttled);
        }
    }

    private KafkaProperties.@Nullable Cluster cluster(String arn) {
        return properties.clusters().get(arn);
    }

    private static Instant from(Source.Kafka source) {
        Instant asked = source.configuration().readFromTimestamp();
        return asked == null ? source.startedAt() : asked;
    }
}
