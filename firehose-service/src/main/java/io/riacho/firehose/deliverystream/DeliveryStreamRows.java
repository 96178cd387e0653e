package io.riacho.firehose.deliverystream;

import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamFailureType;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.DirectPutSourceConfiguration;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.KinesisStreamSourceConfiguration;
import software.amazon.awssdk.services.firehose.model.MSKSourceConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** What a row says of a delivery stream. */
final class DeliveryStreamRows {

    static final String SELECT = """
            select s.*, c.destination, c.sealed,
                (select json_object_agg(t.name, t.value) from firehose.delivery_stream_tag t where t.stream_id = s.id) as tags
            from firehose.delivery_stream s
            join firehose.destination_configuration c on c.stream_id = s.id and c.version = s.version""";

    private static final Logger log = LoggerFactory.getLogger(DeliveryStreamRows.class);
    private static final ShapeWriter WRITER = new ShapeWriter();
    private static final ShapeReader READER = new ShapeReader();

    private final DeliveryStreamNaming naming;
    private final SealedConfigurations configurations;

    DeliveryStreamRows(DeliveryStreamNaming naming, SealedConfigurations configurations) {
        this.naming = naming;
        this.configurations = configurations;
    }

    /** @param change its number */
    record Changed(DeliveryStream stream, long change) {}

    Optional<Changed> readIfReadable(ResultSet row) throws SQLException {
        long change = row.getLong("changed");
        try {
            return Optional.of(new Changed(read(row), change));
        } catch (IllegalStateException e) {
            log.error("Delivery stream {} cannot be read", row.getString("name"), e);
            return Optional.empty();
        }
    }

    DeliveryStream read(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String name = row.getString("name");
        long version = row.getLong("version");
        return new DeliveryStream(
                id,
                name,
                naming.arnOf(name),
                naming.region(),
                requiredTime(row, "created_at"),
                time(row, "updated_at"),
                DeliveryStreamStatus.fromValue(row.getString("status")),
                version,
                source(row),
                configurations.open(
                        id,
                        version,
                        DestinationTypes.configuration(row.getString("destination")),
                        row.getBytes("sealed")),
                new EncryptionState(
                        DeliveryStreamEncryptionStatus.fromValue(row.getString("encryption_status")),
                        key(row, "encryption_key_"),
                        key(row, "encryption_wanted_"),
                        failure(row, "encryption_failure_")),
                failure(row, "failure_"),
                tags(row.getString("tags")),
                times(row.getArray("encryption_calls")));
    }

    /** The API's configuration of the source, as JSON. */
    static String sourceText(Source source) {
        SdkPojo configuration = switch (source) {
            case Source.DirectPut direct ->
                DirectPutSourceConfiguration.builder()
                        .throughputHintInMBs(direct.throughputHintInMBs())
                        .build();
            case Source.KinesisStream stream ->
                KinesisStreamSourceConfiguration.builder()
                        .kinesisStreamARN(stream.streamArn())
                        .roleARN(stream.roleArn())
                        .build();
            case Source.Kafka kafka -> kafka.configuration();
        };
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        WRITER.write(configuration, WireFormat.JSON, json);
        return json.toString(StandardCharsets.UTF_8);
    }

    static @Nullable Instant startedAt(Source source) {
        return switch (source) {
            case Source.DirectPut _ -> null;
            case Source.KinesisStream stream -> stream.startedAt();
            case Source.Kafka kafka -> kafka.startedAt();
        };
    }

    private static Source source(ResultSet row) throws SQLException {
        byte[] json = row.getString("source").getBytes(StandardCharsets.UTF_8);
        DeliveryStreamType type = DeliveryStreamType.fromValue(row.getString("type"));
        return switch (type) {
            case DIRECT_PUT ->
                new Source.DirectPut(
                        read(DirectPutSourceConfiguration.class, json).throughputHintInMBs());
            case KINESIS_STREAM_AS_SOURCE -> {
                var stream = read(KinesisStreamSourceConfiguration.class, json);
                yield new Source.KinesisStream(
                        stream.kinesisStreamARN(), stream.roleARN(), requiredTime(row, "started_at"));
            }
            case MSK_AS_SOURCE ->
                new Source.Kafka(read(MSKSourceConfiguration.class, json), requiredTime(row, "started_at"));
            default -> throw new IllegalStateException("No delivery stream has a source of type " + type);
        };
    }

    private static <T extends SdkPojo> T read(Class<T> type, byte[] json) {
        return READER.read(type, WireFormat.JSON, json, 0, json.length);
    }

    private static @Nullable SourceKey key(ResultSet row, String prefix) throws SQLException {
        String type = row.getString(prefix + "type");
        return type == null ? null : new SourceKey(KeyType.fromValue(type), row.getString(prefix + "arn"));
    }

    private static @Nullable Failure failure(ResultSet row, String prefix) throws SQLException {
        String type = row.getString(prefix + "type");
        return type == null
                ? null
                : new Failure(DeliveryStreamFailureType.fromValue(type), row.getString(prefix + "details"));
    }

    private static Map<String, String> tags(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        Map<String, String> tags = new HashMap<>();
        JsonMapper.shared()
                .readTree(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().stringValue()));
        return tags;
    }

    private static List<Instant> times(Array array) throws SQLException {
        return Arrays.stream((Timestamp[]) array.getArray())
                .map(Timestamp::toInstant)
                .toList();
    }

    private static Instant requiredTime(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(time(row, column), column);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
