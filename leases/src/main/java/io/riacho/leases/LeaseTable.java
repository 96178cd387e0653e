package io.riacho.leases;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The leases and checkpoints of all applications, schema {@code leases}. Safe for use by many threads and processes. Where
 * a thread is in a transaction of the same data source, what is written here is part of it.
 */
public final class LeaseTable {

    private static final int QUERY_SECONDS = 5;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public LeaseTable(DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(QUERY_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * The leases of an application, which is remembered where it is new.
     *
     * @param duration for how long a worker that is not heard of keeps its leases; the same for all its workers
     * @throws IllegalArgumentException where it is remembered as one that reads another stream
     */
    public ApplicationLeases open(Application application, Duration duration) {
        jdbc.sql("insert into leases.application (kind, name, stream) values (:kind, :name, :stream)"
                        + " on conflict (kind, name) do nothing")
                .paramSource(application)
                .update();
        var row = jdbc.sql("select id, stream from leases.application where kind = :kind and name = :name")
                .paramSource(application)
                .query((found, _) -> new Remembered(found.getLong("id"), found.getString("stream")))
                .single();
        if (!row.stream().equals(application.stream())) {
            throw new IllegalArgumentException(
                    application.kind() + " " + application.name() + " reads " + row.stream() + " already");
        }
        return new ApplicationLeases(jdbc, transactions, row.id(), application, duration);
    }

    /**
     * Makes ready for the workers of this process.
     *
     * @param duration of the leases of all their applications
     */
    public Workers workers(Duration duration) {
        return Workers.start(new SharedLeases(jdbc, transactions, duration));
    }

    /** All applications, in the order of their kinds and names. */
    public List<Application> applications() {
        return jdbc.sql("select kind, name, stream from leases.application order by kind, name")
                .query((row, _) ->
                        new Application(row.getString("kind"), row.getString("name"), row.getString("stream")))
                .list();
    }

    /** The application's leases in the order of their shards; none where it is not known. */
    public List<Lease> leases(String kind, String name) {
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from leases.lease l join leases.application a"
                        + " on a.id = l.application_id where a.kind = :kind and a.name = :name order by l.shard")
                .param("kind", kind)
                .param("name", name)
                .query(LeaseRows::lease)
                .list();
    }

    /**
     * Frees what workers hold that are known to be dead, such as those of a process whose successor asks, so that nobody has
     * to wait until their time is over.
     *
     * @param workers what their names begin with
     */
    public void release(String kind, String workers) {
        jdbc.sql(
                        "update leases.lease l set owner = null, expires_at = null, epoch = epoch + 1 from leases.application a"
                                + " where a.id = l.application_id and a.kind = :kind and starts_with(l.owner, :workers)"
                                + " and not l.ended")
                .param("kind", kind)
                .param("workers", workers)
                .update();
        jdbc.sql("delete from leases.worker w using leases.application a where a.id = w.application_id"
                        + " and a.kind = :kind and starts_with(w.name, :workers)")
                .param("kind", kind)
                .param("workers", workers)
                .update();
    }

    /** Forgets an application with its leases and checkpoints. Its workers find that they have lost everything. */
    public void forget(String kind, String name) {
        jdbc.sql("delete from leases.application where kind = :kind and name = :name")
                .param("kind", kind)
                .param("name", name)
                .update();
    }

    private record Remembered(long id, String stream) {}
}
