package io.riacho.leases;

import static io.riacho.leases.TestLeases.shard;
import static io.riacho.leases.TestLeases.shards;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class WorkerTest {

    private static final Duration DURATION = Duration.ofMillis(1200);
    /** For what is to be done before a lease is over. */
    private static final Duration LONGER = Duration.ofSeconds(5);
    /** Its rounds are minutes apart. */
    private static final Duration UNHURRIED = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataSource source = TestLeases.newDatabase();
    private final ApplicationLeases leases = TestLeases.open(source, DURATION);
    private final List<Workers> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Workers::close);
    }

    @Test
    void aWorkerThatIsAloneTakesEverything() {
        leases.add(shards(5));
        Recorded work = new Recorded();
        start("ann", work);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).hasSize(5));
    }

    @Test
    void workersShareEvenly() {
        leases.add(shards(8));
        Recorded first = new Recorded();
        Recorded second = new Recorded();
        start("ann", first);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(first.running()).hasSize(8));

        start("bob", second);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(first.running()).hasSize(4);
            assertThat(second.running()).hasSize(4).doesNotContainAnyElementsOf(first.running());
        });
    }

    @Test
    void aLeaseIsHandedOverOnlyWhenItsWorkHasStopped() {
        ApplicationLeases longer = TestLeases.open(source, LONGER);
        longer.add(shards(2));
        Recorded slow = new Recorded();
        slow.stopsAtOnce = false;
        Recorded second = new Recorded();
        process(source, LONGER).start("ann", longer, slow);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.running()).hasSize(2));
        process(source, LONGER).start("bob", longer, second);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.stopping).hasSize(1));

        String wanted = slow.stopping.keySet().iterator().next();
        assertThat(second.running()).isEmpty();
        longer.checkpoint(requireNonNull(slow.held.get(wanted)), "the last before the hand-over", null);
        requireNonNull(slow.stopping.get(wanted)).complete(null);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(second.running()).containsExactly(wanted));
        assertThat(second.checkpoints).containsEntry(wanted, "the last before the hand-over");
        slow.stopsAtOnce = true;
    }

    @Test
    void workThatDoesNotStopIsAbandonedAfterTheLeasesTime() {
        leases.add(shards(2));
        Recorded stuck = new Recorded();
        stuck.stopsAtOnce = false;
        Recorded second = new Recorded();
        start("ann", stuck);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stuck.running()).hasSize(2));
        start("bob", second);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(second.running()).hasSize(1);
            assertThat(stuck.abandoned).containsExactlyElementsOf(second.running());
        });
        stuck.stopsAtOnce = true;
    }

    @Test
    void whatADeadWorkerHadGoesToTheOthers() {
        leases.add(shards(4));
        List<HeldLease> dead = new ArrayList<>();
        leases.renew("dead", List.of());
        for (Lease lease : leases.all()) {
            dead.add(leases.take(lease.shard(), "dead").orElseThrow().held());
        }
        Recorded work = new Recorded();
        start("ann", work);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).hasSize(4));
        assertThat(leases.renew("dead", dead)).isEmpty();
    }

    @Test
    void childrenAreBegunWhenTheirParentHasEnded() {
        leases.add(List.of(shard("parent"), shard("child", "parent")));
        Recorded work = new Recorded();
        Worker worker = start("ann", work);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).containsExactly("parent"));

        leases.end(requireNonNull(work.held.get("parent")), "SHARD_END", List.of(shard("other", "parent")));
        worker.wake();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(work.running()).containsExactlyInAnyOrder("child", "other"));
        assertThat(work.abandoned).containsExactly("parent");
    }

    @Test
    void aWorkerThatStopsGivesItsLeasesBackAtOnce() {
        leases.add(shards(3));
        Recorded work = new Recorded();
        Worker worker = start("ann", work);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).hasSize(3));

        worker.close();

        assertThat(work.running()).isEmpty();
        assertThat(leases.all()).allMatch(Lease::isFree);
        assertThat(leases.workers()).isEmpty();
    }

    @Test
    void aWorkerThatCannotReachTheDatabaseLetsGoInTime() {
        leases.add(shards(2));
        Severed severed = new Severed(source);
        Recorded work = new Recorded();
        process(severed, DURATION).start("ann", TestLeases.open(severed, DURATION), work);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).hasSize(2));

        severed.cut = true;
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).isEmpty());
        severed.cut = false;

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).hasSize(2));
    }

    @Test
    void workThatCannotBeginIsTriedAgain() {
        leases.add(shards(1));
        Recorded work = new Recorded();
        work.failures.add("shard-0");
        start("ann", work);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).containsExactly("shard-0"));
        assertThat(leases.all().getFirst().epoch()).isGreaterThan(1);
    }

    @Test
    void whatCouldNotBeBegunIsFreeForOthersAtOnce() {
        ApplicationLeases unhurried = TestLeases.open(source, UNHURRIED);
        unhurried.add(shards(1));
        Recorded work = new Recorded();
        work.failures.add("shard-0");
        process(source, UNHURRIED).start("ann", unhurried, work);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.failures).isEmpty());
        await().atMost(PATIENCE).until(() -> unhurried.all().getFirst().isFree());
    }

    @Test
    void whatIsHandedOverIsBegunInTheNextRound() {
        ApplicationLeases unhurried = TestLeases.open(source, UNHURRIED);
        unhurried.add(shards(1));
        HeldLease held = unhurried.take("shard-0", "eve").orElseThrow().held();
        unhurried.want(unhurried.all().getFirst(), "ann");
        unhurried.handOver(held);
        Recorded work = new Recorded();
        process(source, UNHURRIED).start("ann", unhurried, work);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.running()).containsExactly("shard-0"));
    }

    private Worker start(String name, Recorded work) {
        return process(source, DURATION).start(name, leases, work);
    }

    private Workers process(DataSource database, Duration duration) {
        Workers workers = new LeaseTable(database).workers(duration);
        processes.add(workers);
        return workers;
    }

    /** Work that does nothing but remember what it was told. */
    private static final class Recorded implements ShardWork {

        final Map<String, HeldLease> held = new ConcurrentHashMap<>();
        final Map<String, String> checkpoints = new ConcurrentHashMap<>();
        final Map<String, CompletableFuture<Void>> stopping = new ConcurrentHashMap<>();
        final Set<String> abandoned = ConcurrentHashMap.newKeySet();
        final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        volatile boolean stopsAtOnce = true;

        Set<String> running() {
            return Set.copyOf(held.keySet());
        }

        @Override
        public Running begin(HeldLease lease, String checkpoint) {
            if (failures.remove(lease.shard())) {
                throw new IllegalStateException("as the test wants it");
            }
            held.put(lease.shard(), lease);
            checkpoints.put(lease.shard(), checkpoint);
            return new Running() {
                @Override
                public CompletableFuture<Void> stop() {
                    CompletableFuture<Void> stopped = new CompletableFuture<>();
                    stopping.put(lease.shard(), stopped);
                    var done = stopped.thenRun(() -> held.remove(lease.shard()));
                    if (stopsAtOnce) {
                        stopped.complete(null);
                    }
                    return done;
                }

                @Override
                public void abandon() {
                    abandoned.add(lease.shard());
                    held.remove(lease.shard());
                }
            };
        }
    }

    /** A database that cannot be reached for a time. */
    private static final class Severed extends AbstractDataSource {

        private final DataSource source;
        private volatile boolean cut;

        Severed(DataSource source) {
            this.source = source;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (cut) {
                throw new SQLException("cut");
            }
            return source.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
