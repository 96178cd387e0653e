package io.riacho.leases;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What workers of many applications ask of the table together, in as many statements as one of them would need. Safe for
 * use by many threads.
 */
final class SharedLeases {

    private static final String IDS = "unnest(:applications::bigint[], :shards::text[], :workers::text[],"
            + " :epochs::bigint[]) as h (application_id, shard, owner, epoch)";

    private static final String IS_HELD = "h.application_id = l.application_id and h.shard = l.shard"
            + " and h.owner = l.owner and h.epoch = l.epoch and not l.ended";

    /** An SQLSTATE that Spring does not know. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Duration duration;

    SharedLeases(JdbcClient jdbc, TransactionTemplate transactions, Duration duration) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.duration = duration;
    }

    Duration duration() {
        return duration;
    }

    /** A worker with what it holds. */
    record Member(long application, String worker, Collection<HeldLease> held) {}

    /** One lease that is held, among those of all applications. */
    record Key(long application, HeldLease held) {}

    /**
     * What came of renewing.
     *
     * @param kept whose time has begun anew
     * @param unknown that somebody's transaction keeps locked; their time goes on
     */
    record Renewal(Set<Key> kept, Set<Key> unknown) {}

    /** Of each application the leases that have not ended, in the order of their shards, and the workers that are alive. */
    record View(Map<Long, List<Lease>> leases, Map<Long, List<String>> workers) {

        List<Lease> leases(long application) {
            return leases.getOrDefault(application, List.of());
        }

        List<String> workers(long application) {
            return workers.getOrDefault(application, List.of());
        }
    }

    /**
     * Says that the workers are alive, and makes the time of what they hold begin anew. A lease that a transaction keeps
     * locked holds the others up for a sixth of the leases' time at most, all such together.
     */
    Renewal renew(Collection<Member> members) {
        signIn(members);
        List<Key> all = new ArrayList<>();
        members.forEach(member -> member.held().forEach(held -> all.add(new Key(member.application(), held))));
        Set<Key> kept = new HashSet<>(all.isEmpty() ? List.of() : renewed(all, " skip locked"));
        Set<Key> unknown = new HashSet<>();
        long until = System.nanoTime() + duration.toNanos() / 6;
        for (Key key : all) {
            if (!kept.contains(key)) {
                renewAlone(key, until, kept, unknown);
            }
        }
        return new Renewal(kept, unknown);
    }

    /** What the applications look like now. */
    View look(Collection<Long> applications) {
        Long[] ids = applications.toArray(Long[]::new);
        Map<Long, List<Lease>> leases = new HashMap<>();
        jdbc.sql("select l.application_id, " + LeaseRows.COLUMNS + " from leases.lease l"
                        + " where l.application_id = any(:applications) and not l.ended"
                        + " order by l.application_id, l.shard")
                .param("applications", ids)
                .query(row -> {
                    leases.computeIfAbsent(row.getLong("application_id"), _ -> new ArrayList<>())
                            .add(LeaseRows.lease(row, 0));
                });
        Map<Long, List<String>> workers = new HashMap<>();
        jdbc.sql("select application_id, name from leases.worker where application_id = any(:applications)"
                        + " and expires_at > clock_timestamp() order by application_id, name")
                .param("applications", ids)
                .query(row -> {
                    workers.computeIfAbsent(row.getLong("application_id"), _ -> new ArrayList<>())
                            .add(row.getString("name"));
                });
        return new View(leases, workers);
    }

    /** Forgets workers that have not been heard of for a hundred times their leases' duration. */
    void forgetDeadWorkers(Collection<Long> applications) {
        jdbc.sql("delete from leases.worker w using (select application_id, name from leases.worker"
                        + " where application_id = any(:applications)"
                        + " and expires_at < clock_timestamp() - :millis * 100 * interval '1 millisecond'"
                        + " for update skip locked) as dead"
                        + " where w.application_id = dead.application_id and w.name = dead.name")
                .param("applications", applications.toArray(Long[]::new))
                .param("millis", duration.toMillis())
                .update();
    }

    /** An application that is being forgotten needs no workers. */
    private void signIn(Collection<Member> members) {
        jdbc.sql("insert into leases.worker as w (application_id, name, expires_at)"
                        + " select a.id, m.name, clock_timestamp() + :millis * interval '1 millisecond'"
                        + " from unnest(:applications::bigint[], :workers::text[]) as m (application_id, name)"
                        + " join leases.application a on a.id = m.application_id"
                        + " order by a.id, m.name for key share of a skip locked"
                        + " on conflict (application_id, name) do update set expires_at = excluded.expires_at")
                .param("millis", duration.toMillis())
                .param("applications", members.stream().map(Member::application).toArray(Long[]::new))
                .param("workers", members.stream().map(Member::worker).toArray(String[]::new))
                .update();
    }

    private void renewAlone(Key key, long until, Set<Key> kept, Set<Key> unknown) {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            unknown.add(key);
            return;
        }
        try {
            transactions.executeWithoutResult(_ -> {
                // A process that stands still in between would keep its lease from everybody.
                jdbc.sql("select set_config('lock_timeout', :millis, true),"
                                + " set_config('idle_in_transaction_session_timeout', :most, true)")
                        .param("millis", Long.toString(millis))
                        .param("most", Long.toString(Math.max(1000, duration.toMillis())))
                        .query((row, _) -> row.getString(1))
                        .single();
                kept.addAll(renewed(List.of(key), ""));
            });
        } catch (DataAccessException e) {
            if (!(e.getMostSpecificCause() instanceof SQLException failure)
                    || !LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                throw e;
            }
            unknown.add(key);
        }
    }

    /** In the order of the shards, so that two processes never wait for each other's rows. */
    private List<Key> renewed(List<Key> keys, String locked) {
        return jdbc.sql("with mine as (select l.application_id, l.shard from leases.lease l join " + IDS + " on "
                        + IS_HELD
                        + " order by l.application_id, l.shard for update of l" + locked + ")"
                        + " update leases.lease l"
                        + " set expires_at = clock_timestamp() + :millis * interval '1 millisecond'"
                        + " from mine where l.application_id = mine.application_id and l.shard = mine.shard"
                        + " returning l.application_id, l.shard, l.owner, l.epoch")
                .param("millis", duration.toMillis())
                .param("applications", keys.stream().map(Key::application).toArray(Long[]::new))
                .param("shards", keys.stream().map(key -> key.held().shard()).toArray(String[]::new))
                .param("workers", keys.stream().map(key -> key.held().worker()).toArray(String[]::new))
                .param("epochs", keys.stream().map(key -> key.held().epoch()).toArray(Long[]::new))
                .query((row, _) -> new Key(
                        row.getLong("application_id"),
                        new HeldLease(row.getString("shard"), row.getString("owner"), row.getLong("epoch"))))
                .list();
    }
}
