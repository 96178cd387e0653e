package io.riacho.flink.source;

import io.riacho.flink.access.ServiceAccess;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;

/** Settings out of a table's options. */
final class StreamSettingsReader {

    private static final int MOST_RECORDS = 10_000;

    private StreamSettingsReader() {}

    static StreamSettings read(ReadableConfig table, ServiceAccess access, String stream) {
        KinesisOptions.ReaderType type = table.get(KinesisOptions.READER_TYPE);
        String consumer = table.getOptional(KinesisOptions.CONSUMER_NAME).orElse(null);
        if ((type == KinesisOptions.ReaderType.EFO) != (consumer != null)) {
            throw new ValidationException("'" + KinesisOptions.CONSUMER_NAME.key() + "' belongs to '"
                    + KinesisOptions.READER_TYPE.key() + "' = 'EFO'");
        }
        int modulo = atLeast(1, table, KinesisOptions.SHARDS_MODULO);
        int remainder = atLeast(0, table, KinesisOptions.SHARDS_REMAINDER);
        if (remainder >= modulo) {
            throw new ValidationException("'" + KinesisOptions.SHARDS_REMAINDER.key() + "' is at least '"
                    + KinesisOptions.SHARDS_MODULO.key() + "'");
        }
        int maxRecords = atLeast(1, table, KinesisOptions.MAX_RECORDS);
        if (maxRecords > MOST_RECORDS) {
            throw new ValidationException("'" + KinesisOptions.MAX_RECORDS.key() + "' is more than " + MOST_RECORDS);
        }
        return new StreamSettings(
                access,
                stream,
                start(table),
                consumer,
                table.get(KinesisOptions.CONSUMER_LIFECYCLE) == KinesisOptions.ConsumerLifecycle.JOB_MANAGED,
                positive(table, KinesisOptions.DISCOVERY),
                table.get(KinesisOptions.POLL_INTERVAL),
                maxRecords,
                atLeast(1, table, KinesisOptions.MAX_BATCHES),
                modulo,
                remainder);
    }

    static Duration positive(ReadableConfig table, ConfigOption<Duration> option) {
        Duration duration = table.get(option);
        if (duration.toMillis() < 1) {
            throw new ValidationException("'" + option.key() + "' is less than a millisecond");
        }
        return duration;
    }

    private static int atLeast(int least, ReadableConfig table, ConfigOption<Integer> option) {
        int value = table.get(option);
        if (value < least) {
            throw new ValidationException("'" + option.key() + "' is less than " + least);
        }
        return value;
    }

    private static @Nullable Position start(ReadableConfig table) {
        KinesisOptions.InitialPosition position = table.get(KinesisOptions.INITIAL_POSITION);
        String timestamp = table.getOptional(KinesisOptions.INITIAL_TIMESTAMP).orElse(null);
        if ((position == KinesisOptions.InitialPosition.AT_TIMESTAMP) != (timestamp != null)) {
            throw new ValidationException("'" + KinesisOptions.INITIAL_TIMESTAMP.key() + "' belongs to '"
                    + KinesisOptions.INITIAL_POSITION.key() + "' = 'AT_TIMESTAMP'");
        }
        if (timestamp != null) {
            return new Position.AtTimestamp(millis(timestamp));
        }
        return position == KinesisOptions.InitialPosition.TRIM_HORIZON ? new Position.TrimHorizon() : null;
    }

    private static long millis(String timestamp) {
        try {
            return (long) (Double.parseDouble(timestamp) * 1000);
        } catch (NumberFormatException e) {
            return isoMillis(timestamp);
        }
    }

    private static long isoMillis(String timestamp) {
        try {
            return timestamp.endsWith("Z")
                    ? Instant.parse(timestamp).toEpochMilli()
                    : OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new ValidationException(
                    "'" + KinesisOptions.INITIAL_TIMESTAMP.key()
                            + "' is neither ISO 8601 with an offset nor seconds since 1970: " + timestamp,
                    e);
        }
    }
}
