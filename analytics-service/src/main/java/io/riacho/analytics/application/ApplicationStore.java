package io.riacho.analytics.application;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import tools.jackson.databind.json.JsonMapper;

/** Applications in PostgreSQL. */
final class ApplicationStore {

    private static final String SELECT = """
            select a.*, v.definition from analytics.application a
            join analytics.application_version v on v.application_id = a.id and v.version = a.version""";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final ApplicationNaming naming;

    ApplicationStore(JdbcClient jdbc, ApplicationNaming naming) {
        this.jdbc = jdbc;
        this.naming = naming;
    }

    Optional<Application> find(String name) {
        return jdbc.sql(SELECT + " where a.name = ?").param(name).query(this::read).optional();
    }

    Optional<Application> find(UUID id) {
        return jdbc.sql(SELECT + " where a.id = ?").param(id).query(this::read).optional();
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Application> lock(String name) {
        return jdbc.sql(SELECT + " where a.name = ? for update of a")
                .param(name)
                .query(this::read)
                .optional();
    }

    Optional<Application> lock(UUID id) {
        return jdbc.sql(SELECT + " where a.id = ? for update of a")
                .param(id)
                .query(this::read)
                .optional();
    }

    /** In the order of their names. */
    List<Application> all() {
        return jdbc.sql(SELECT + " order by a.name").query(this::read).list();
    }

    /** Those that are not at rest. */
    List<UUID> passing() {
        return jdbc.sql("select id from analytics.application where status not in ('READY', 'ROLLED_BACK')")
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Nobody else creates one until the transaction ends. */
    int countToCreate() {
        jdbc.sql("lock table analytics.application in share row exclusive mode").update();
        return jdbc.sql("select count(*) from analytics.application")
                .query((row, _) -> row.getInt(1))
                .single();
    }

    void insert(Application application) {
        jdbc.sql("""
                        insert into analytics.application (id, name, api, status, version, created_at, updated_at, tags)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(application.id())
                .param(application.name())
                .param(application.api().name())
                .param(application.status().toString())
                .param(application.version())
                .param(time(application.createdAt()))
                .param(time(application.updatedAt()))
                .param(JSON.writeValueAsString(application.tags()))
                .update();
        writeVersion(application);
    }

    void update(Application application) {
        jdbc.sql("""
                        update analytics.application set api = ?, status = ?, version = ?, updated_at = ?, tags = ?, run = ?,
                            last_stop = ?, operation = ?, failure = ?
                        where id = ?""")
                .param(application.api().name())
                .param(application.status().toString())
                .param(application.version())
                .param(time(application.updatedAt()))
                .param(JSON.writeValueAsString(application.tags()))
                .param(json(application.run()))
                .param(json(application.lastStop()))
                .param(json(application.operation()))
                .param(application.failure())
                .param(application.id())
                .update();
    }

    void writeVersion(Application application) {
        jdbc.sql("""
                        insert into analytics.application_version (application_id, version, definition) values (?, ?, ?)
                        on conflict (application_id, version) do update set definition = excluded.definition""")
                .param(application.id())
                .param(application.version())
                .param(DefinitionJson.write(application.definition()))
                .update();
    }

    void forgetVersionsBefore(UUID id, long version) {
        jdbc.sql("delete from analytics.application_version where application_id = ? and version < ?")
                .params(id, version)
                .update();
    }

    Optional<Definition> definition(UUID id, long version) {
        return jdbc.sql("select definition from analytics.application_version where application_id = ? and version = ?")
                .params(id, version)
                .query((row, _) -> DefinitionJson.read(row.getString("definition")))
                .optional();
    }

    /** The newest first. */
    List<Long> versions(UUID id, long before, int limit) {
        return jdbc.sql("""
                        select version from analytics.application_version where application_id = ? and version < ?
                        order by version desc limit ?""")
                .params(id, before, limit)
                .query((row, _) -> row.getLong("version"))
                .list();
    }

    void delete(UUID id) {
        jdbc.sql("delete from analytics.application where id = ?").param(id).update();
    }

    private Application read(ResultSet row, int number) throws SQLException {
        String name = row.getString("name");
        return new Application(
                row.getObject("id", UUID.class),
                name,
                naming.arnOf(name),
                Api.valueOf(row.getString("api")),
                ApplicationStatus.fromValue(row.getString("status")),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                DefinitionJson.read(row.getString("definition")),
                tags(row.getString("tags")),
                read(row.getString("run"), Run.class),
                read(row.getString("last_stop"), StopPoint.class),
                read(row.getString("operation"), Operation.class),
                row.getString("failure"));
    }

    private static Map<String, String> tags(String json) {
        Map<String, String> tags = new HashMap<>();
        JSON.readTree(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().stringValue()));
        return tags;
    }

    private static @Nullable String json(@Nullable Object value) {
        return value == null ? null : JSON.writeValueAsString(value);
    }

    private static <T> @Nullable T read(@Nullable String json, Class<T> type) {
        return json == null ? null : JSON.readValue(json, type);
    }

    static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
