package io.riacho.leases;

import static io.riacho.leases.TestLeases.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What workers of many applications in one process have in common. */
class WorkersTest {

    private static final Duration DURATION = Duration.ofMillis(1200);
    /** Its rounds are minutes apart. */
    private static final Duration UNHURRIED = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 40;

    private final DataSource source = TestLeases.newDatabase();
    private final Recorded work = new Recorded();
    private final List<Workers> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Workers::close);
    }

    @Test
    void manyThatHaveNothingToDoAskTheDatabaseAsSeldomAsOne() {
        Watched watched = new Watched(source);
        Workers workers = process(watched, DURATION);
        for (int i = 0; i < MANY; i++) {
            startWithOneShard(workers, "app-" + i, DURATION);
        }
        await().atMost(PATIENCE).until(() -> work.running.size() == MANY);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(watched.lastWholeRound())
                        .hasSize(5)
                        .anySatisfy(statement -> assertThat(statement).contains("insert into leases.worker"))
                        .anySatisfy(statement -> assertThat(statement).contains("update leases.lease")));
        assertThat(leases("app-0", DURATION).all()).allMatch(lease -> lease.isOwnedBy("ann"));
        assertThat(leases("app-0", DURATION).workers()).containsExactly("ann");
    }

    @Test
    void aLeaseThatATransactionKeepsLockedHoldsNobodyElseUp() throws SQLException {
        Workers workers = process(source, DURATION);
        startWithOneShard(workers, "locked", DURATION);
        startWithOneShard(workers, "other", DURATION);
        await().atMost(PATIENCE).until(() -> work.running.size() == 2);

        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .execute("select * from leases.lease l join leases.application a on a.id = l.application_id"
                            + " where a.name = 'locked' for update of l");
            await().atMost(PATIENCE).until(() -> work.abandoned.contains("locked-0"));
            String then = expiryOf("other-0");
            await().atMost(PATIENCE).until(() -> !expiryOf("other-0").equals(then));
            connection.rollback();
        }

        assertThat(work.abandoned).containsExactly("locked-0");
        await().atMost(PATIENCE).until(() -> work.running.contains("locked-0"));
    }

    @Test
    void anApplicationThatIsForgottenDoesNotDisturbTheOthers() {
        Workers workers = process(source, DURATION);
        startWithOneShard(workers, "forgotten", DURATION);
        startWithOneShard(workers, "other", DURATION);
        await().atMost(PATIENCE).until(() -> work.running.size() == 2);

        new LeaseTable(source).forget("TEST", "forgotten");

        await().atMost(PATIENCE).until(() -> work.abandoned.contains("forgotten-0"));
        String then = expiryOf("other-0");
        await().atMost(PATIENCE).until(() -> !expiryOf("other-0").equals(then));
        assertThat(work.running).containsExactly("other-0");
    }

    @Test
    void whatIsAddedWhileAWorkerIsAtItIsNotForgotten() throws InterruptedException {
        ApplicationLeases leases = leases("app", UNHURRIED);
        leases.add(List.of(shard("slow")));
        CountDownLatch goOn = new CountDownLatch(1);
        work.waitsFor = goOn;
        Worker worker = process(source, UNHURRIED).start("ann", leases, work);
        work.waiting.await();

        leases.add(List.of(shard("added")));
        worker.wake();
        // Another one's round shows that the first worker's turn was asked for.
        ApplicationLeases others = leases("other", UNHURRIED);
        others.add(List.of(shard("other")));
        processes.getFirst().start("ann", others, work);
        await().atMost(PATIENCE).until(() -> work.begun.contains("other"));
        goOn.countDown();

        await().atMost(PATIENCE).until(() -> work.running.containsAll(Set.of("slow", "added", "other")));
    }

    @Test
    void leasesOfAnotherDurationAreRefused() {
        Workers workers = process(source, DURATION);

        assertThatIllegalArgumentException().isThrownBy(() -> workers.start("ann", leases("app", UNHURRIED), work));
    }

    private void startWithOneShard(Workers workers, String application, Duration duration) {
        ApplicationLeases leases = leases(application, duration);
        leases.add(List.of(shard(application + "-0")));
        workers.start("ann", leases, work);
    }

    private ApplicationLeases leases(String application, Duration duration) {
        return new LeaseTable(source).open(new Application("TEST", application, TestLeases.COPY.stream()), duration);
    }

    private Workers process(DataSource database, Duration duration) {
        Workers workers = new LeaseTable(database).workers(duration);
        processes.add(workers);
        return workers;
    }

    private String expiryOf(String shard) {
        return JdbcClient.create(source)
                .sql("select expires_at from leases.lease where shard = ?")
                .param(shard)
                .query((row, _) -> row.getString(1))
                .single();
    }

    /** Work that does nothing but remember what it was told. */
    private static final class Recorded implements ShardWork {

        final Set<String> begun = ConcurrentHashMap.newKeySet();
        final Set<String> running = ConcurrentHashMap.newKeySet();
        final List<String> abandoned = new CopyOnWriteArrayList<>();
        final CountDownLatch waiting = new CountDownLatch(1);
        volatile CountDownLatch waitsFor = new CountDownLatch(0);

        @Override
        public Running begin(HeldLease lease, String checkpoint) {
            begun.add(lease.shard());
            if (lease.shard().equals("slow")) {
                waiting.countDown();
                try {
                    waitsFor.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            running.add(lease.shard());
            return new Running() {
                @Override
                public CompletableFuture<Void> stop() {
                    running.remove(lease.shard());
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public void abandon() {
                    abandoned.add(lease.shard());
                    running.remove(lease.shard());
                }
            };
        }
    }

    /** Remembers the statements that are prepared. */
    private static final class Watched extends DelegatingDataSource {

        private static final String LAST_OF_A_ROUND = "delete from leases.worker";
        private final List<String> statements = new ArrayList<>();

        Watched(DataSource source) {
            super(source);
        }

        /** The last statements from one regular round's end to the next one's. */
        synchronized List<String> lastWholeRound() {
            List<Integer> ends = new ArrayList<>();
            for (int i = 0; i < statements.size(); i++) {
                if (statements.get(i).startsWith(LAST_OF_A_ROUND)) {
                    ends.add(i);
                }
            }
            return ends.size() < 2
                    ? List.of()
                    : List.copyOf(statements.subList(ends.get(ends.size() - 2) + 1, ends.getLast() + 1));
        }

        private synchronized void prepared(String statement) {
            statements.add(statement);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            prepared((String) arguments[0]);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    });
        }
    }
}
