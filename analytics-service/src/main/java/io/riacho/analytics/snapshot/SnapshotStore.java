package io.riacho.analytics.snapshot;

import io.riacho.analytics.error.AnalyticsErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotStatus;

/** The snapshots of all applications, in PostgreSQL. Safe for use by many threads. */
public final class SnapshotStore {

    /** Of one application. */
    private static final int MOST = 1000;

    private final JdbcClient jdbc;

    public SnapshotStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws io.riacho.protocol.AwsException LimitExceededException, InvalidArgumentException where the name is taken */
    public void add(Snapshot snapshot) {
        int count = jdbc.sql("select count(*) from analytics.snapshot where application_id = ?")
                .param(snapshot.application())
                .query((row, _) -> row.getInt(1))
                .single();
        if (count >= MOST) {
            throw AnalyticsErrors.limitExceeded("An application can have at most " + MOST + " snapshots.");
        }
        try {
            insert(snapshot);
        } catch (DuplicateKeyException e) {
            throw AnalyticsErrors.invalidArgument("Snapshot " + snapshot.name() + " already exists.");
        }
    }

    /** Adds one that was taken when the application stopped; does nothing where its name is taken. */
    public void addTaken(Snapshot snapshot) {
        insert(snapshot, " on conflict (application_id, name) do nothing");
    }

    public Optional<Snapshot> find(UUID application, String name) {
        return jdbc.sql("select * from analytics.snapshot where application_id = ? and name = ?")
                .params(application, name)
                .query(SnapshotStore::read)
                .optional();
    }

    /** The newest that is READY. */
    public Optional<Snapshot> latest(UUID application) {
        return jdbc.sql("""
                        select * from analytics.snapshot where application_id = ? and status = 'READY'
                        order by created_at desc, name desc limit 1""")
                .param(application)
                .query(SnapshotStore::read)
                .optional();
    }

    /** The newest first. */
    public List<Snapshot> list(UUID application, int offset, int limit) {
        return jdbc.sql("""
                        select * from analytics.snapshot where application_id = ?
                        order by created_at desc, name offset ? limit ?""")
                .params(application, offset, limit)
                .query(SnapshotStore::read)
                .list();
    }

    /** Those that somebody has to do something about. */
    public List<Snapshot> passing(UUID application) {
        return jdbc.sql(
                        "select * from analytics.snapshot where application_id = ? and status in ('CREATING', 'DELETING')")
                .param(application)
                .query(SnapshotStore::read)
                .list();
    }

    /** The applications that have such. */
    public Set<UUID> applicationsWithPassing() {
        return Set.copyOf(jdbc.sql("select distinct application_id from analytics.snapshot"
                        + " where status in ('CREATING', 'DELETING')")
                .query((row, _) -> row.getObject("application_id", UUID.class))
                .list());
    }

    public void taken(Snapshot snapshot, String path) {
        jdbc.sql("update analytics.snapshot set status = 'READY', path = ? where application_id = ? and name = ?"
                        + " and status = 'CREATING'")
                .params(path, snapshot.application(), snapshot.name())
                .update();
    }

    public void set(Snapshot snapshot, SnapshotStatus status) {
        jdbc.sql("update analytics.snapshot set status = ? where application_id = ? and name = ?")
                .params(status.toString(), snapshot.application(), snapshot.name())
                .update();
    }

    public void remove(Snapshot snapshot) {
        jdbc.sql("delete from analytics.snapshot where application_id = ? and name = ?")
                .params(snapshot.application(), snapshot.name())
                .update();
    }

    private void insert(Snapshot snapshot) {
        insert(snapshot, "");
    }

    private void insert(Snapshot snapshot, String conflict) {
        jdbc.sql("""
                        insert into analytics.snapshot (application_id, name, status, version, runtime, created_at, path)
                        values (?, ?, ?, ?, ?, ?, ?)""" + conflict)
                .param(snapshot.application())
                .param(snapshot.name())
                .param(snapshot.status().toString())
                .param(snapshot.version())
                .param(snapshot.runtime())
                .param(snapshot.createdAt().atOffset(ZoneOffset.UTC))
                .param(snapshot.path())
                .update();
    }

    private static Snapshot read(ResultSet row, int number) throws SQLException {
        return new Snapshot(
                row.getObject("application_id", UUID.class),
                row.getString("name"),
                SnapshotStatus.fromValue(row.getString("status")),
                row.getLong("version"),
                row.getString("runtime"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("path"));
    }
}
