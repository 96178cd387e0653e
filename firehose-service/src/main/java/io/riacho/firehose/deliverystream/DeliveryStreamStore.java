package io.riacho.firehose.deliverystream;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.core.SdkPojo;

/** Delivery streams in PostgreSQL. What writes calls {@link #nextChange} first, within a transaction. */
final class DeliveryStreamStore {

    private final JdbcClient jdbc;
    private final DeliveryStreamRows rows;
    private final SealedConfigurations configurations;

    DeliveryStreamStore(JdbcClient jdbc, DeliveryStreamNaming naming, SealedConfigurations configurations) {
        this.jdbc = jdbc;
        this.configurations = configurations;
        this.rows = new DeliveryStreamRows(naming, configurations);
    }

    /** The number of a change; nobody else changes anything until the transaction ends. */
    long nextChange() {
        return jdbc.sql("update firehose.change_counter set value = value + 1 returning value")
                .query((row, _) -> row.getLong("value"))
                .single();
    }

    /** The number of the last change. */
    long lastChange() {
        return jdbc.sql("select value from firehose.change_counter")
                .query((row, _) -> row.getLong("value"))
                .single();
    }

    /** Of each delivery stream the number of its last change. */
    Map<UUID, Long> changes() {
        Map<UUID, Long> changes = new HashMap<>();
        jdbc.sql("select id, changed from firehose.delivery_stream").query(row -> {
            changes.put(row.getObject("id", UUID.class), row.getLong("changed"));
        });
        return changes;
    }

    Optional<DeliveryStream> find(String name) {
        return jdbc.sql(DeliveryStreamRows.SELECT + " where s.name = ?")
                .param(name)
                .query((row, _) -> rows.read(row))
                .optional();
    }

    Optional<DeliveryStream> find(UUID id) {
        return jdbc.sql(DeliveryStreamRows.SELECT + " where s.id = ?")
                .param(id)
                .query((row, _) -> rows.read(row))
                .optional();
    }

    /** Those that can be read, with the numbers of their changes; the others are logged. */
    List<DeliveryStreamRows.Changed> load(Collection<UUID> ids) {
        return jdbc
                .sql(DeliveryStreamRows.SELECT + " where s.id = any(?::uuid[])")
                .param(ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, _) -> rows.readIfReadable(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    int count() {
        return jdbc.sql("select count(*) from firehose.delivery_stream")
                .query((row, _) -> row.getInt(1))
                .single();
    }

    void insert(DeliveryStream stream, long change) {
        jdbc.sql("""
                        insert into firehose.delivery_stream
                            (id, name, status, version, type, source, started_at, created_at, encryption_status, changed)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(stream.id())
                .param(stream.name())
                .param(stream.status().toString())
                .param(stream.version())
                .param(stream.type().toString())
                .param(DeliveryStreamRows.sourceText(stream.source()))
                .param(time(DeliveryStreamRows.startedAt(stream.source())))
                .param(time(stream.createdAt()))
                .param(stream.encryption().status().toString())
                .param(change)
                .update();
        insertConfiguration(stream);
        update(stream, change);
        replaceTags(stream);
    }

    /** Writes all but the tags and the configuration, and what never changes. */
    void update(DeliveryStream stream, long change) {
        EncryptionState encryption = stream.encryption();
        jdbc.sql("""
                        update firehose.delivery_stream
                        set status = ?, version = ?, updated_at = ?, failure_type = ?, failure_details = ?,
                            encryption_status = ?, encryption_key_type = ?, encryption_key_arn = ?,
                            encryption_wanted_type = ?, encryption_wanted_arn = ?,
                            encryption_failure_type = ?, encryption_failure_details = ?, encryption_calls = ?::timestamptz[],
                            changed = ?
                        where id = ?""")
                .param(stream.status().toString())
                .param(stream.version())
                .param(time(stream.updatedAt()))
                .param(type(stream.failure()))
                .param(details(stream.failure()))
                .param(encryption.status().toString())
                .param(type(encryption.key()))
                .param(arn(encryption.key()))
                .param(type(encryption.wanted()))
                .param(arn(encryption.wanted()))
                .param(type(encryption.failure()))
                .param(details(encryption.failure()))
                .param(stream.encryptionCalls().stream().map(Instant::toString).toArray(String[]::new))
                .param(change)
                .param(stream.id())
                .update();
    }

    /**
     * Of the new version. The one before is kept, because deliveries by it are under way, and of those before it the ones
     * by which deliveries were begun that have not ended.
     */
    void replaceConfiguration(long before, DeliveryStream stream) {
        jdbc.sql("""
                        delete from firehose.destination_configuration c
                        where c.stream_id = ? and c.version < ? and not exists (
                            select from firehose.intent i
                            where i.delivery_stream = c.stream_id and i.version = c.version::text)""").params(stream.id(), before).update();
        insertConfiguration(stream);
    }

    Optional<SdkPojo> configuration(UUID id, long version) {
        return jdbc.sql("""
                        select destination, sealed from firehose.destination_configuration
                        where stream_id = ? and version = ?""")
                .params(id, version)
                .query((row, _) -> configurations.open(
                        id,
                        version,
                        DestinationTypes.configuration(row.getString("destination")),
                        row.getBytes("sealed")))
                .optional();
    }

    private void insertConfiguration(DeliveryStream stream) {
        jdbc.sql("""
                        insert into firehose.destination_configuration (stream_id, version, destination, sealed)
                        values (?, ?, ?, ?)""")
                .param(stream.id())
                .param(stream.version())
                .param(stream.destination().getClass().getSimpleName())
                .param(configurations.seal(stream.id(), stream.version(), stream.destination()))
                .update();
    }

    void replaceTags(DeliveryStream stream) {
        jdbc.sql("delete from firehose.delivery_stream_tag where stream_id = ?")
                .param(stream.id())
                .update();
        stream.tags()
                .forEach((name, value) -> jdbc.sql(
                                "insert into firehose.delivery_stream_tag (stream_id, name, value) values (?, ?, ?)")
                        .params(stream.id(), name, value)
                        .update());
    }

    void delete(UUID id) {
        jdbc.sql("delete from firehose.delivery_stream where id = ?").param(id).update();
    }

    /** Whether it is now the process's alone for that time. */
    boolean claim(UUID id, UUID process, Duration time) {
        return jdbc.sql("""
                                update firehose.delivery_stream
                                set claimed_by = ?, claimed_until = now() + make_interval(secs => ?)
                                where id = ? and (claimed_by = ? or claimed_until is null or claimed_until < now())""")
                        .params(process, time.toMillis() / 1000.0, id, process)
                        .update()
                == 1;
    }

    /** Lets others claim what the process has claimed. */
    void release(UUID id, UUID process) {
        jdbc.sql("""
                        update firehose.delivery_stream set claimed_by = null, claimed_until = null
                        where id = ? and claimed_by = ?""").params(id, process).update();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static @Nullable String type(@Nullable Failure failure) {
        return failure == null ? null : failure.type().toString();
    }

    private static @Nullable String details(@Nullable Failure failure) {
        return failure == null ? null : failure.details();
    }

    private static @Nullable String type(@Nullable SourceKey key) {
        return key == null ? null : key.type().toString();
    }

    private static @Nullable String arn(@Nullable SourceKey key) {
        return key == null ? null : key.arn();
    }
}
