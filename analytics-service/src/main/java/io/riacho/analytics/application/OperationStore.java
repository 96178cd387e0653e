package io.riacho.analytics.application;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OperationStatus;

/** What was asked of applications that took its time, in PostgreSQL: the last hundreds of each. */
public final class OperationStore {

    private static final int KEPT = 500;
    private static final int MOST_TEXT = 500;

    private final JdbcClient jdbc;

    OperationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An operation as it went.
     *
     * @param rollback the operation that undid it
     */
    public record Entry(
            String id,
            String name,
            OperationStatus status,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Long versionFrom,
            @Nullable Long versionTo,
            @Nullable String failure,
            @Nullable String rollback) {}

    void begin(UUID application, Operation operation) {
        jdbc.sql("""
                        insert into analytics.operation
                            (id, application_id, name, status, started_at, ended_at, version_from, version_to)
                        values (?, ?, ?, ?, ?, ?::timestamptz, ?::bigint, ?::bigint)""")
                .param(operation.id())
                .param(application)
                .param(operation.name())
                .param((operation.ended() ? OperationStatus.SUCCESSFUL : OperationStatus.IN_PROGRESS).toString())
                .param(ApplicationStore.time(operation.startedAt()))
                .param(operation.ended() ? operation.startedAt().toString() : null)
                .param(operation.versionFrom())
                .param(operation.versionTo())
                .update();
        if (operation.rollbackOf() != null) {
            jdbc.sql("update analytics.operation set rollback_id = ? where id = ?")
                    .params(operation.id(), operation.rollbackOf())
                    .update();
        }
        jdbc.sql("""
                        delete from analytics.operation where application_id = ? and id in (
                            select id from analytics.operation where application_id = ?
                            order by started_at desc, id offset ?)""")
                .params(application, application, KEPT)
                .update();
    }

    /** @param failure null where it succeeded */
    void end(Operation operation, Instant now, @Nullable String failure) {
        jdbc.sql("update analytics.operation set status = ?, ended_at = ?, failure = ? where id = ?")
                .param((failure == null ? OperationStatus.SUCCESSFUL : OperationStatus.FAILED).toString())
                .param(ApplicationStore.time(now))
                .param(failure == null ? null : cut(failure))
                .param(operation.id())
                .update();
    }

    public Optional<Entry> find(UUID application, String id) {
        return jdbc.sql("select * from analytics.operation where application_id = ? and id = ?")
                .params(application, id)
                .query(OperationStore::read)
                .optional();
    }

    /**
     * The newest first.
     *
     * @param name null for all
     * @param status null for all
     */
    public List<Entry> list(UUID application, @Nullable String name, @Nullable String status, int offset, int limit) {
        return jdbc.sql("""
                        select * from analytics.operation where application_id = :application
                            and (:name::text is null or name = :name) and (:status::text is null or status = :status)
                        order by started_at desc, id offset :offset limit :limit""")
                .param("application", application)
                .param("name", name)
                .param("status", status)
                .param("offset", offset)
                .param("limit", limit)
                .query(OperationStore::read)
                .list();
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Entry(
                row.getString("id"),
                row.getString("name"),
                OperationStatus.fromValue(row.getString("status")),
                ApplicationStore.instant(row, "started_at"),
                ended == null ? null : ended.toInstant(),
                row.getObject("version_from", Long.class),
                row.getObject("version_to", Long.class),
                row.getString("failure"),
                row.getString("rollback_id"));
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }
}
