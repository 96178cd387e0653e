package io.riacho.streams.encryption;

import io.riacho.protocol.key.DataKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wrapped data keys in PostgreSQL. They go with their stream. */
public final class DataKeyStore {

    private final JdbcClient jdbc;

    public DataKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a key for good; empty where the stream is gone. */
    Optional<StoredKey> insert(long streamId, String streamName, String keyId, DataKey key, Instant now) {
        try {
            long id = jdbc.sql("""
                            insert into streams.data_key (stream_id, key_id, key_arn, wrapped, created_at)
                            values (:stream, :keyId, :keyArn, :wrapped, :now) returning id""")
                    .param("stream", streamId)
                    .param("keyId", keyId)
                    .param("keyArn", key.keyArn())
                    .param("wrapped", key.wrapped())
                    .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                    .query(Long.class)
                    .single();
            return Optional.of(new StoredKey(id, streamName, keyId, key.keyArn(), key.wrapped(), now));
        } catch (DataIntegrityViolationException _) {
            return Optional.empty();
        }
    }

    Optional<StoredKey> find(long id) {
        return jdbc.sql("""
                        select k.id, s.name, k.key_id, k.key_arn, k.wrapped, k.created_at
                        from streams.data_key k join streams.stream s on s.id = k.stream_id
                        where k.id = :id""")
                .param("id", id)
                .query((row, _) -> new StoredKey(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBytes(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()))
                .optional();
    }
}
