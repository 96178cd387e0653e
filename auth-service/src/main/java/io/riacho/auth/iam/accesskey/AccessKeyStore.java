package io.riacho.auth.iam.accesskey;

import io.riacho.auth.iam.entity.Entity;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Access keys in the database. Who changes them has locked the user. */
public final class AccessKeyStore {

    private final JdbcClient jdbc;

    public AccessKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of their ids. */
    public List<AccessKeyRow> of(Entity user) {
        return jdbc.sql("select id, user_id, active, created_at from auth.access_key where user_id = :user"
                        + " order by id collate \"C\"")
                .param("user", user.id())
                .query(AccessKeyRow.MAPPER)
                .list();
    }

    public Optional<AccessKeyRow> find(String id) {
        return jdbc.sql("select id, user_id, active, created_at from auth.access_key where id = :id")
                .param("id", id)
                .query(AccessKeyRow.MAPPER)
                .optional();
    }

    void insert(String id, Entity user, byte[] sealedSecret, Instant createdAt) {
        jdbc.sql("insert into auth.access_key (id, user_id, sealed_secret, active, created_at)"
                        + " values (:id, :user, :secret, true, :created)")
                .param("id", id)
                .param("user", user.id())
                .param("secret", sealedSecret)
                .param("created", Timestamp.from(createdAt))
                .update();
    }

    boolean setActive(String id, Entity user, boolean active) {
        return jdbc.sql("update auth.access_key set active = :active where id = :id and user_id = :user")
                        .param("active", active)
                        .param("id", id)
                        .param("user", user.id())
                        .update()
                > 0;
    }

    boolean delete(String id, Entity user) {
        return jdbc.sql("delete from auth.access_key where id = :id and user_id = :user")
                        .param("id", id)
                        .param("user", user.id())
                        .update()
                > 0;
    }
}
