package io.riacho.flink.source;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of tables that are Kinesis data streams, named as AWS's own connector names them where it has them. */
public final class KinesisOptions {

    public static final ConfigOption<String> STREAM_ARN =
            ConfigOptions.key("stream.arn").stringType().noDefaultValue().withDescription("The stream's ARN.");

    public static final ConfigOption<String> STREAM = ConfigOptions.key("stream")
            .stringType()
            .noDefaultValue()
            .withDescription("The stream's name, where no ARN is given.");

    public static final ConfigOption<InitialPosition> INITIAL_POSITION = ConfigOptions.key("source.init.position")
            .enumType(InitialPosition.class)
            .defaultValue(InitialPosition.LATEST)
            .withDescription("Where the stream is read from at the beginning.");

    public static final ConfigOption<String> INITIAL_TIMESTAMP = ConfigOptions.key("source.init.timestamp")
            .stringType()
            .noDefaultValue()
            .withDescription("With AT_TIMESTAMP: ISO 8601 or seconds since 1970.");

    public static final ConfigOption<ReaderType> READER_TYPE = ConfigOptions.key("source.reader.type")
            .enumType(ReaderType.class)
            .defaultValue(ReaderType.POLLING)
            .withDescription("How the stream is read.");

    public static final ConfigOption<String> CONSUMER_NAME = ConfigOptions.key("source.efo.consumer.name")
            .stringType()
            .noDefaultValue()
            .withDescription("With EFO: the consumer.");

    public static final ConfigOption<ConsumerLifecycle> CONSUMER_LIFECYCLE = ConfigOptions.key("source.efo.lifecycle")
            .enumType(ConsumerLifecycle.class)
            .defaultValue(ConsumerLifecycle.JOB_MANAGED)
            .withDescription("With EFO: who registers the consumer.");

    public static final ConfigOption<Duration> DISCOVERY = ConfigOptions.key("source.shard.discovery.interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("How often new shards are looked for, beside when one ends.");

    public static final ConfigOption<Duration> POLL_INTERVAL = ConfigOptions.key("source.poll.interval")
            .durationType()
            .defaultValue(Duration.ofMillis(200))
            .withDescription(
                    "With POLLING: the least time between two reads of a shard, of which AWS allows five a second.");

    public static final ConfigOption<Integer> MAX_RECORDS = ConfigOptions.key(
                    "source.shard.get-records.max-record-count")
            .intType()
            .defaultValue(10_000)
            .withDescription("With POLLING: how many records one read gives at most.");

    public static final ConfigOption<Integer> MAX_BATCHES = ConfigOptions.key("source.max-batches")
            .intType()
            .defaultValue(8)
            .withDescription(
                    "With POLLING: how many answers a reader holds or waits for at once, of up to 10 MB each.");

    public static final ConfigOption<Duration> CLOCK_INTERVAL = ConfigOptions.key("source.clock.interval")
            .durationType()
            .defaultValue(Duration.ofMillis(50))
            .withDescription("How often the watermark moves where it is the clock (SOURCE_WATERMARK() of a rowtime).");

    public static final ConfigOption<Integer> SHARDS_MODULO = ConfigOptions.key("shards.modulo")
            .intType()
            .defaultValue(1)
            .withDescription("Read are the shards whose number, divided by this, leaves 'shards.remainder'.");

    public static final ConfigOption<Integer> SHARDS_REMAINDER =
            ConfigOptions.key("shards.remainder").intType().defaultValue(0).withDescription("See 'shards.modulo'.");

    private KinesisOptions() {}

    /** Where reading begins. */
    public enum InitialPosition {
        LATEST,
        TRIM_HORIZON,
        AT_TIMESTAMP
    }

    /**
     * Whose the consumer is. One that is the job's is registered where it is not there, and stays until whoever runs the job needs it no
     * more; another one has to be there.
     */
    public enum ConsumerLifecycle {
        JOB_MANAGED,
        SELF_MANAGED
    }

    /** How a stream is read. */
    public enum ReaderType {
        POLLING,
        EFO
    }
}
