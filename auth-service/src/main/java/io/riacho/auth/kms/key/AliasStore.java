package io.riacho.auth.kms.key;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The aliases in the database. */
final class AliasStore {

    private static final String SELECT = "select name, key_id, created_at, updated_at from auth.kms_alias ";

    private final JdbcClient jdbc;

    AliasStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Alias> find(String name) {
        return query(jdbc.sql(SELECT + "where name = :name").param("name", name))
                .optional();
    }

    /** Aliases of all keys, or of one, in the order of their names, behind the one given. */
    List<Alias> list(@Nullable UUID keyId, String after, int limit) {
        return query(jdbc.sql(SELECT + """
                                where name collate "C" > :after and (:keyId::uuid is null or key_id = :keyId::uuid)
                                order by name collate "C" limit :limit""")
                        .param("after", after)
                        .param("keyId", keyId)
                        .param("limit", limit))
                .list();
    }

    long count(UUID keyId) {
        return jdbc.sql("select count(*) from auth.kms_alias where key_id = :keyId")
                .param("keyId", keyId)
                .query(Long.class)
                .single();
    }

    /** @return false where the name is taken */
    boolean insert(String name, UUID keyId, Instant now) {
        return jdbc.sql("""
                                insert into auth.kms_alias (name, key_id, created_at, updated_at)
                                values (:name, :keyId, :now, :now) on conflict (name) do nothing""")
                        .param("name", name)
                        .param("keyId", keyId)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** @return false where there is no such alias */
    boolean update(String name, UUID keyId, Instant now) {
        return jdbc.sql("update auth.kms_alias set key_id = :keyId, updated_at = :now where name = :name")
                        .param("name", name)
                        .param("keyId", keyId)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** @return false where there is no such alias */
    boolean delete(String name, UUID keyId) {
        return jdbc.sql("delete from auth.kms_alias where name = :name and key_id = :keyId")
                        .param("name", name)
                        .param("keyId", keyId)
                        .update()
                == 1;
    }

    private static JdbcClient.MappedQuerySpec<Alias> query(JdbcClient.StatementSpec statement) {
        return statement.query((row, _) -> new Alias(
                row.getString("name"),
                row.getObject("key_id", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant()));
    }
}
