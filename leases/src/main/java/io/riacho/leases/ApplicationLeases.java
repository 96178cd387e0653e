package io.riacho.leases;

import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionTemplate;

/** The leases of one application. Each change is one statement, or one transaction. Safe for use by many threads. */
public final class ApplicationLeases {

    private static final String IS_HELD = " where l.application_id = :application and l.shard = :shard"
            + " and l.owner = :worker and l.epoch = :epoch and not l.ended";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final long id;
    private final Application application;
    private final Duration duration;
    private final SharedLeases shared;

    ApplicationLeases(
            JdbcClient jdbc, TransactionTemplate transactions, long id, Application application, Duration duration) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.id = id;
        this.application = application;
        this.duration = duration;
        this.shared = new SharedLeases(jdbc, transactions, duration);
    }

    long id() {
        return id;
    }

    public Application application() {
        return application;
    }

    /** For how long a worker that is not heard of keeps its leases. */
    public Duration duration() {
        return duration;
    }

    /** All leases in the order of their shards. */
    public List<Lease> all() {
        return sql("select " + LeaseRows.COLUMNS
                        + " from leases.lease l where l.application_id = :application order by l.shard")
                .query(LeaseRows::lease)
                .list();
    }

    /** Adds leases. One that is there already stays as it is. */
    public void add(Collection<NewLease> leases) {
        transactions.executeWithoutResult(_ -> {
            endWithTheLeasesTime();
            insert(leases);
        });
    }

    /**
     * Takes a lease that nobody has, whose holder's time is over, or that was handed to this worker.
     *
     * @return empty where somebody else was faster, where a parent of the shard has not ended, or where a transaction of the
     *     last holder's is under way
     */
    public Optional<Taken> take(String shard, String worker) {
        return sql("with free as (select l.shard from leases.lease l"
                        + " where l.application_id = :application and l.shard = :shard and not l.ended"
                        + " and (l.owner is null or l.owner = :worker or l.expires_at <= clock_timestamp())"
                        + " and not exists (select 1 from leases.lease p where p.application_id = l.application_id"
                        + " and p.shard = any(l.parents) and not p.ended)"
                        + " for update of l skip locked)"
                        + " update leases.lease l set owner = :worker, epoch = epoch + 1, wanted_by = null,"
                        + " expires_at = clock_timestamp() + :millis * interval '1 millisecond'"
                        + " from free where l.application_id = :application and l.shard = free.shard"
                        + " returning l.epoch, l.checkpoint")
                .param("shard", shard)
                .param("worker", worker)
                .param("millis", duration.toMillis())
                .query((row, _) ->
                        new Taken(new HeldLease(shard, worker, row.getLong("epoch")), row.getString("checkpoint")))
                .optional();
    }

    /**
     * Says that the worker is alive, and makes the time of what it holds begin anew.
     *
     * @return those of the leases that it still holds, as far as no transaction keeps them locked
     */
    public Set<HeldLease> renew(String worker, Collection<HeldLease> held) {
        return shared.renew(List.of(new SharedLeases.Member(id, worker, held))).kept().stream()
                .map(SharedLeases.Key::held)
                .collect(Collectors.toSet());
    }

    /** Workers that are alive, in the order of their names. */
    public List<String> workers() {
        return shared.look(List.of(id)).workers(id);
    }

    /** Asks the owner of a lease to hand it over to the worker. */
    void want(Lease lease, String worker) {
        sql("with held as (select l.shard from leases.lease l" + IS_HELD
                        + " and l.wanted_by is null for update skip locked)"
                        + " update leases.lease l set wanted_by = :wanting from held"
                        + " where l.application_id = :application and l.shard = held.shard")
                .param("wanting", worker)
                .params(fence(lease.held()))
                .update();
    }

    /** Gives a lease to the worker that wants it, or to whoever comes first. Nothing happens where it is lost already. */
    void handOver(HeldLease held) {
        sql("update leases.lease l set owner = wanted_by, wanted_by = null, epoch = epoch + 1, expires_at ="
                        + " case when wanted_by is null then null"
                        + " else clock_timestamp() + :millis * interval '1 millisecond' end"
                        + IS_HELD)
                .param("millis", duration.toMillis())
                .params(fence(held))
                .update();
    }

    /** Takes a worker that stops off the list of those that are alive. */
    void leave(String worker) {
        sql("delete from leases.worker where application_id = :application and name = :worker")
                .param("worker", worker)
                .update();
    }

    /**
     * Writes down how far the shard's records are done with. In a transaction of the caller's, nobody takes the lease
     * before its end; where the caller does nothing in it for a lease's duration, the database ends it.
     *
     * @param millisBehind how far that is behind the stream's end; null where it is not known
     * @throws LeaseLostException where the lease has changed hands; what the caller has done in the same transaction must
     *     not be committed
     */
    public void checkpoint(HeldLease held, String checkpoint, @Nullable Long millisBehind) {
        endWithTheLeasesTime();
        int written = sql("update leases.lease l set checkpoint = :checkpoint, millis_behind = :behind,"
                        + " checkpointed_at = clock_timestamp()" + IS_HELD)
                .param("checkpoint", checkpoint)
                .param("behind", millisBehind, Types.BIGINT)
                .params(fence(held))
                .update();
        requireHeld(written, held);
    }

    /**
     * How far the shard's records are done with, once no transaction is under way that writes it down.
     *
     * @throws LeaseLostException where the lease has changed hands
     */
    public String checkpoint(HeldLease held) {
        List<String> found = sql("select l.checkpoint from leases.lease l" + IS_HELD + " for update")
                .params(fence(held))
                .query((row, _) -> row.getString("checkpoint"))
                .list();
        requireHeld(found.size(), held);
        return found.getFirst();
    }

    /**
     * Requires, in a transaction of the caller's, that the lease has not changed hands, and keeps it so until its end.
     * Renewals wait meanwhile, so it has to be short; where the caller does nothing in it for a lease's duration, the
     * database ends it.
     *
     * @throws LeaseLostException where it has
     */
    public void guard(HeldLease held) {
        endWithTheLeasesTime();
        int found = sql("select 1 from leases.lease l" + IS_HELD + " for share")
                .params(fence(held))
                .query(Integer.class)
                .list()
                .size();
        requireHeld(found, held);
    }

    /**
     * Says that all of the shard's records are done with, and adds those that came out of it.
     *
     * @param checkpoint the last one
     * @throws LeaseLostException where the lease has changed hands; nothing is changed then
     */
    public void end(HeldLease held, String checkpoint, Collection<NewLease> children) {
        transactions.executeWithoutResult(_ -> {
            int ended = sql("update leases.lease l set ended = true, owner = null, expires_at = null, wanted_by = null,"
                            + " checkpoint = :checkpoint, millis_behind = 0, checkpointed_at = clock_timestamp()"
                            + IS_HELD)
                    .param("checkpoint", checkpoint)
                    .params(fence(held))
                    .update();
            requireHeld(ended, held);
            insert(children);
        });
    }

    /** Forgets leases that have ended, of shards that their stream has forgotten. */
    public void forgetEnded(Collection<String> shards) {
        sql("delete from leases.lease where application_id = :application and ended and shard = any(:shards)")
                .param("shards", shards.toArray(String[]::new))
                .update();
    }

    /** A process that stands still in a transaction would keep its lease from everybody. Counts in a transaction only. */
    private void endWithTheLeasesTime() {
        jdbc.sql("select set_config('idle_in_transaction_session_timeout', :millis, true)")
                .param("millis", Long.toString(Math.max(1000, duration.toMillis())))
                .query((row, _) -> row.getString(1))
                .single();
    }

    private void insert(Collection<NewLease> leases) {
        for (NewLease lease : leases) {
            sql("insert into leases.lease (application_id, shard, parents, checkpoint)"
                            + " values (:application, :shard, :parents, :checkpoint)"
                            + " on conflict (application_id, shard) do nothing")
                    .param("shard", lease.shard())
                    .param("parents", lease.parents().toArray(String[]::new))
                    .param("checkpoint", lease.checkpoint())
                    .update();
        }
    }

    private StatementSpec sql(String text) {
        return jdbc.sql(text).param("application", id);
    }

    private static Map<String, Object> fence(HeldLease held) {
        return Map.of("shard", held.shard(), "worker", held.worker(), "epoch", held.epoch());
    }

    private static void requireHeld(int rows, HeldLease held) {
        if (rows == 0) {
            throw new LeaseLostException(held);
        }
    }
}
