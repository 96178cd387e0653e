package io.riacho.flink.sink;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of tables that are written, named as AWS's own connectors name them where they have them. */
public final class StreamSinkOptions {

    public static final ConfigOption<String> PARTITIONER = ConfigOptions.key("sink.partitioner")
            .stringType()
            .noDefaultValue()
            .withDescription("'random' or 'fixed', where the table is not PARTITIONED BY columns.");

    public static final ConfigOption<String> FIELD_DELIMITER = ConfigOptions.key("sink.partitioner-field-delimiter")
            .stringType()
            .defaultValue("|")
            .withDescription("What is between the values of a partition key made of several columns.");

    public static final ConfigOption<Integer> BATCH_SIZE = ConfigOptions.key("sink.batch.max-size")
            .intType()
            .defaultValue(500)
            .withDescription("How many records one request takes at most.");

    public static final ConfigOption<Integer> IN_FLIGHT = ConfigOptions.key("sink.requests.max-inflight")
            .intType()
            .defaultValue(1)
            .withDescription("How many requests are under way at once; more than one may change the order of records.");

    public static final ConfigOption<Integer> BUFFERED = ConfigOptions.key("sink.requests.max-buffered")
            .intType()
            .defaultValue(10_000)
            .withDescription("How many records wait at most before the job does.");

    public static final ConfigOption<MemorySize> FLUSH_BYTES = ConfigOptions.key("sink.flush-buffer.size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(3))
            .withDescription("How many bytes one request takes at most.");

    public static final ConfigOption<Duration> FLUSH_AFTER = ConfigOptions.key("sink.flush-buffer.timeout")
            .durationType()
            .defaultValue(Duration.ofMillis(50))
            .withDescription("How long a record waits for others to go with.");

    private StreamSinkOptions() {}

    /** Those that all sinks have. */
    static Set<ConfigOption<?>> ofBatches() {
        return Set.of(BATCH_SIZE, IN_FLIGHT, BUFFERED, FLUSH_BYTES, FLUSH_AFTER);
    }

    /** Those of a Kinesis data stream. */
    public static Set<ConfigOption<?>> all() {
        return Set.of(PARTITIONER, FIELD_DELIMITER, BATCH_SIZE, IN_FLIGHT, BUFFERED, FLUSH_BYTES, FLUSH_AFTER);
    }
}
