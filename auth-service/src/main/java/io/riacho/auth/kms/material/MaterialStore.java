package io.riacho.auth.kms.material;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The materials of all keys in the database, wrapped. */
final class MaterialStore {

    private final JdbcClient jdbc;

    MaterialStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(MaterialRecord material, String provider, byte[] wrapped) {
        jdbc.sql("""
                        insert into auth.kms_material (id, key_id, version, provider, wrapped, created_at, rotation)
                        values (:id, :keyId, :version, :provider, :wrapped, :createdAt, :rotation)""")
                .param("id", material.id())
                .param("keyId", material.keyId())
                .param("version", material.version())
                .param("provider", provider)
                .param("wrapped", wrapped)
                .param("createdAt", material.createdAt().atOffset(ZoneOffset.UTC))
                .param(
                        "rotation",
                        material.rotation() == null ? null : material.rotation().name())
                .update();
    }

    Optional<Wrapped> wrapped(UUID keyId, String id) {
        return jdbc.sql("select provider, wrapped from auth.kms_material where key_id = :keyId and id = :id")
                .param("keyId", keyId)
                .param("id", id)
                .query((row, _) -> new Wrapped(row.getString("provider"), row.getBytes("wrapped")))
                .optional();
    }

    /** In the order of their versions. */
    List<MaterialRecord> list(UUID keyId) {
        return jdbc.sql("""
                        select id, key_id, version, created_at, rotation from auth.kms_material
                        where key_id = :keyId order by version""").param("keyId", keyId).query((row, _) -> read(row)).list();
    }

    private static MaterialRecord read(ResultSet row) throws SQLException {
        String rotation = row.getString("rotation");
        return new MaterialRecord(
                row.getString("id"),
                row.getObject("key_id", UUID.class),
                row.getInt("version"),
                instant(row, "created_at"),
                rotation == null ? null : MaterialRecord.Rotation.valueOf(rotation));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    /** Material as a provider gave it for the disk. */
    static final class Wrapped {

        private final String provider;
        private final byte[] bytes;

        Wrapped(String provider, byte[] bytes) {
            this.provider = provider;
            this.bytes = bytes;
        }

        String provider() {
            return provider;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
