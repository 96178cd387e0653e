package io.riacho.auth.kms.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The keys in the database. */
final class KeyStore {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};
    private static final String SELECT = """
            select k.*,
              (select m.id from auth.kms_material m where m.key_id = k.id order by m.version desc limit 1) material_id,
              array(select a.name from auth.kms_alias a where a.key_id = k.id order by a.name) aliases
            from auth.kms_key k
            """;

    private final JdbcClient jdbc;
    private final KeyNaming naming;
    private final KeyPolicies policies;

    KeyStore(JdbcClient jdbc, KeyNaming naming, KeyPolicies policies) {
        this.jdbc = jdbc;
        this.naming = naming;
        this.policies = policies;
    }

    Optional<Key> find(UUID id) {
        return jdbc.sql(SELECT + "where k.id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    Optional<Key> findByAlias(String alias) {
        return jdbc.sql(SELECT + "where k.id = (select key_id from auth.kms_alias where name = :alias)")
                .param("alias", alias)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Keeps others from changing the key until the transaction ends. */
    Optional<Key> lock(UUID id) {
        // The row first: what is read with it must be of the time after the lock was given.
        jdbc.sql("select id from auth.kms_key where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        return find(id);
    }

    /** As {@link #lock}, but empty also where another has the lock. */
    Optional<Key> lockIfFree(UUID id) {
        return jdbc.sql("select id from auth.kms_key where id = :id for update skip locked")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .flatMap(this::find);
    }

    long count() {
        return jdbc.sql("select count(*) from auth.kms_key").query(Long.class).single();
    }

    /** In the order of their ids, behind the one given. */
    List<UUID> list(@Nullable UUID after, int limit) {
        return jdbc.sql("select id from auth.kms_key where id > :after order by id limit :limit")
                .param("after", after == null ? new UUID(0, 0) : after)
                .param("limit", limit)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    List<UUID> dueForDeletion(Instant now) {
        return due("deletion_at <= :now", now);
    }

    List<UUID> dueForRotation(Instant now) {
        return due("next_rotation_at <= :now and state = 'ENABLED'", now);
    }

    private List<UUID> due(String condition, Instant now) {
        return jdbc.sql("select id from auth.kms_key where " + condition + " order by id limit 1000")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    void insert(UUID id, Instant now, NewKey key) {
        jdbc.sql("""
                        insert into auth.kms_key (id, created_at, description, manager, state, policy, tags)
                        values (:id, :now, :description, :manager, 'ENABLED', :policy, :tags::jsonb)""")
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("description", key.description())
                .param("manager", key.isManagedByAws() ? "AWS" : "CUSTOMER")
                .param("policy", key.policy())
                .param("tags", JSON.writeValueAsString(key.tags()))
                .update();
    }

    void update(UUID id, String description, Map<String, String> tags) {
        jdbc.sql("update auth.kms_key set description = :description, tags = :tags::jsonb where id = :id")
                .param("id", id)
                .param("description", description)
                .param("tags", JSON.writeValueAsString(tags))
                .update();
    }

    void updateState(UUID id, KeyState state, Key.@Nullable Deletion deletion) {
        jdbc.sql("""
                        update auth.kms_key set state = :state, deletion_at = :at::timestamptz, pending_days = :days
                        where id = :id""")
                .param("id", id)
                .param("state", state.name())
                .param("at", deletion == null ? null : deletion.at().atOffset(ZoneOffset.UTC))
                .param("days", deletion == null ? null : deletion.pendingDays())
                .update();
    }

    void updateRotation(UUID id, Key.@Nullable RotationPlan rotation) {
        jdbc.sql("""
                        update auth.kms_key set rotation_days = :days, next_rotation_at = :next::timestamptz
                        where id = :id""")
                .param("id", id)
                .param("days", rotation == null ? null : rotation.periodDays())
                .param("next", rotation == null ? null : rotation.next().atOffset(ZoneOffset.UTC))
                .update();
    }

    void updatePolicy(UUID id, String policy) {
        jdbc.sql("update auth.kms_key set policy = :policy where id = :id")
                .param("id", id)
                .param("policy", policy)
                .update();
    }

    /** With its material, aliases and grants. */
    void delete(UUID id) {
        jdbc.sql("delete from auth.kms_key where id = :id").param("id", id).update();
    }

    private Key read(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String arn = naming.arnOf(id);
        Timestamp deletionAt = row.getTimestamp("deletion_at");
        Timestamp nextRotation = row.getTimestamp("next_rotation_at");
        return new Key(
                id,
                arn,
                row.getTimestamp("created_at").toInstant(),
                row.getString("description"),
                row.getString("manager").equals("AWS"),
                KeyState.valueOf(row.getString("state")),
                policies.of(arn, row.getString("policy")),
                JSON.readValue(row.getString("tags"), TAGS),
                deletionAt == null ? null : new Key.Deletion(deletionAt.toInstant(), row.getInt("pending_days")),
                nextRotation == null
                        ? null
                        : new Key.RotationPlan(row.getInt("rotation_days"), nextRotation.toInstant()),
                row.getString("material_id"),
                Arrays.asList((String[]) row.getArray("aliases").getArray()));
    }
}
