package io.riacho.leases;

import static io.riacho.leases.TestLeases.shard;
import static io.riacho.leases.TestLeases.shards;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ApplicationLeasesTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration OVER_AT_ONCE = Duration.ZERO;

    private final DataSource source = TestLeases.newDatabase();
    private final ApplicationLeases leases = TestLeases.open(source, LONG);
    private final ApplicationLeases fleeting = TestLeases.open(source, OVER_AT_ONCE);

    @Test
    void aLeaseThatNobodyHasGoesToWhoTakesIt() {
        leases.add(shards(1));

        HeldLease held = take("shard-0", "ann");

        assertThat(held.epoch()).isEqualTo(1);
        assertThat(only()).satisfies(lease -> {
            assertThat(lease.owner()).isEqualTo("ann");
            assertThat(lease.live()).isTrue();
        });
    }

    @Test
    void aLeaseThatSomebodyHasIsNotTaken() {
        leases.add(shards(1));
        take("shard-0", "ann");

        assertThat(leases.take("shard-0", "bob")).isEmpty();
    }

    @Test
    void whatADeadProcessHeldIsFreeOnceItsSuccessorSaysSoAndOnlyThat() {
        leases.add(shards(2));
        HeldLease dead = take("shard-0", "process-1-7");
        take("shard-1", "process-2-1");
        LeaseTable table = new LeaseTable(source);

        table.release("ANOTHER", "process-1-");
        assertThat(leases.take("shard-0", "process-1-8")).isEmpty();
        table.release(leases.application().kind(), "process-1-");

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> leases.checkpoint(dead, "late", null));
        assertThat(take("shard-0", "process-1-8").epoch()).isGreaterThan(dead.epoch());
        assertThat(leases.take("shard-1", "process-1-8")).isEmpty();
    }

    @Test
    void aLeaseWhoseTimeIsOverIsTakenInANewEpoch() {
        leases.add(shards(1));
        HeldLease late = fleeting.take("shard-0", "ann").orElseThrow().held();

        HeldLease held = take("shard-0", "bob");

        assertThat(held.epoch()).isEqualTo(late.epoch() + 1);
    }

    @Test
    void ofManyThatTryAtOnceOneGetsTheLease() throws InterruptedException, ExecutionException {
        leases.add(shards(1));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Optional<Taken>>> tries = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                String worker = "worker-" + i;
                Callable<Optional<Taken>> attempt = () -> {
                    start.await();
                    return leases.take("shard-0", worker);
                };
                tries.add(threads.submit(attempt));
            }
            start.countDown();
        }

        int won = 0;
        for (Future<Optional<Taken>> attempt : tries) {
            won += attempt.get().isPresent() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        assertThat(only().epoch()).isEqualTo(1);
    }

    @Test
    void whoTakesALeaseGoesOnFromTheLastCheckpoint() {
        leases.add(shards(1));
        HeldLease held = fleeting.take("shard-0", "ann").orElseThrow().held();
        leases.checkpoint(held, "41", 7L);

        assertThat(leases.take("shard-0", "bob").orElseThrow().checkpoint()).isEqualTo("41");
        assertThat(only().millisBehind()).isEqualTo(7);
    }

    @Test
    void aLateWorkerCannotWriteACheckpoint() {
        leases.add(shards(1));
        HeldLease late = fleeting.take("shard-0", "ann").orElseThrow().held();
        leases.checkpoint(take("shard-0", "bob"), "50", null);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> leases.checkpoint(late, "49", null));
        assertThat(only().checkpoint()).isEqualTo("50");
    }

    @Test
    void aWorkerThatLostItsLeaseAndTookItAgainCannotWriteWithTheOldOne() {
        leases.add(shards(1));
        HeldLease late = fleeting.take("shard-0", "ann").orElseThrow().held();
        take("shard-0", "ann");

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> leases.checkpoint(late, "49", null));
    }

    @Test
    void renewingTellsWhatIsStillHeld() {
        leases.add(shards(2));
        HeldLease lost = fleeting.take("shard-0", "ann").orElseThrow().held();
        HeldLease kept = take("shard-1", "ann");
        take("shard-0", "bob");

        assertThat(leases.renew("ann", List.of(lost, kept))).isEqualTo(Set.of(kept));
    }

    @Test
    void renewingGivesALeaseItsTimeAgain() {
        leases.add(shards(1));
        HeldLease held = fleeting.take("shard-0", "ann").orElseThrow().held();

        leases.renew("ann", List.of(held));

        assertThat(leases.take("shard-0", "bob")).isEmpty();
    }

    @Test
    void whoRenewsIsAliveWithOrWithoutLeases() {
        leases.renew("bob", List.of());
        fleeting.renew("ann", List.of());

        assertThat(leases.workers()).containsExactly("bob");
    }

    @Test
    void aLeaseIsHandedOverToWhoWantsIt() {
        leases.add(shards(1));
        HeldLease held = take("shard-0", "ann");
        leases.want(only(), "bob");

        leases.handOver(held);

        assertThat(only().owner()).isEqualTo("bob");
        assertThat(leases.take("shard-0", "eve")).isEmpty();
        assertThat(leases.take("shard-0", "bob")).isPresent();
    }

    @Test
    void aLeaseThatIsGivenBackIsFree() {
        leases.add(shards(1));
        leases.handOver(take("shard-0", "ann"));

        assertThat(only().isFree()).isTrue();
        assertThat(leases.take("shard-0", "bob")).isPresent();
    }

    @Test
    void aChildIsNotTakenBeforeAllItsParentsHaveEnded() {
        leases.add(List.of(shard("left"), shard("right"), shard("child", "left", "right", "forgotten")));
        HeldLease left = take("left", "ann");
        HeldLease right = take("right", "ann");

        leases.end(left, "SHARD_END", List.of());
        assertThat(leases.take("child", "ann")).isEmpty();
        leases.end(right, "SHARD_END", List.of());
        assertThat(leases.take("child", "ann")).isPresent();
    }

    @Test
    void theEndOfAShardBringsItsChildren() {
        leases.add(List.of(shard("parent")));

        leases.end(take("parent", "ann"), "SHARD_END", List.of(shard("a", "parent"), shard("b", "parent")));

        assertThat(leases.all()).extracting(Lease::shard).containsExactly("a", "b", "parent");
        assertThat(leases.take("a", "bob")).isPresent();
    }

    @Test
    void aLateWorkerCannotEndAShard() {
        leases.add(List.of(shard("parent")));
        HeldLease late = fleeting.take("parent", "ann").orElseThrow().held();
        take("parent", "bob");

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> leases.end(late, "SHARD_END", List.of(shard("a", "parent"))));
        assertThat(only().ended()).isFalse();
    }

    @Test
    void aLeaseThatHasEndedIsNeverTaken() {
        leases.add(shards(1));
        leases.end(take("shard-0", "ann"), "SHARD_END", List.of());

        assertThat(leases.take("shard-0", "ann")).isEmpty();
    }

    @Test
    void addingAgainChangesNothing() {
        leases.add(shards(1));
        leases.checkpoint(take("shard-0", "ann"), "41", null);

        leases.add(shards(1));

        assertThat(only().checkpoint()).isEqualTo("41");
        assertThat(only().owner()).isEqualTo("ann");
    }

    @Test
    void whatALateWorkerDidInTheTransactionOfItsCheckpointIsUndone() {
        JdbcClient jdbc = JdbcClient.create(source);
        jdbc.sql("create table done (what text)").update();
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        leases.add(shards(1));
        HeldLease late = fleeting.take("shard-0", "ann").orElseThrow().held();
        take("shard-0", "bob");

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    jdbc.sql("insert into done values ('late')").update();
                    leases.guard(late);
                }));

        assertThat(jdbc.sql("select count(*) from done").query(Integer.class).single())
                .isZero();
    }

    @Test
    void aGuardedLeaseIsNotTakenBeforeTheTransactionEnds() throws ExecutionException, InterruptedException {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        leases.add(shards(1));
        HeldLease held = fleeting.take("shard-0", "ann").orElseThrow().held();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Taken>> early = transaction.execute(_ -> {
                leases.guard(held);
                Future<Optional<Taken>> attempt = threads.submit(() -> leases.take("shard-0", "bob"));
                await().atMost(Duration.ofSeconds(30)).until(attempt::isDone);
                leases.checkpoint(held, "last", null);
                return attempt;
            });
            assertThat(early.get()).isEmpty();
        }
        assertThat(leases.take("shard-0", "bob").orElseThrow().checkpoint()).isEqualTo("last");
    }

    @Test
    void aHolderThatStandsStillInATransactionLosesIt() {
        ApplicationLeases brief = TestLeases.open(source, Duration.ofSeconds(1));
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        brief.add(shards(1));
        HeldLease held = brief.take("shard-0", "ann").orElseThrow().held();

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    brief.checkpoint(held, "never seen", null);
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> elsewhere(() -> brief.take("shard-0", "bob"))
                                    .isPresent());
                }));
        assertThat(only().checkpoint()).isEqualTo("TRIM_HORIZON");
    }

    private static <T> T elsewhere(Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(call).get();
        }
    }

    @Test
    void anApplicationReadsOneStream() {
        Application other = new Application("TEST", "copy", "arn:aws:kinesis:us-east-1:000000000000:stream/blue");

        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseTable(source).open(other, LONG));
    }

    @Test
    void aForgottenApplicationsWorkersHaveLostEverything() {
        LeaseTable table = new LeaseTable(source);
        leases.add(shards(1));
        HeldLease held = take("shard-0", "ann");

        table.forget("TEST", "copy");

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> leases.guard(held));
        assertThat(table.applications()).isEmpty();
        assertThat(table.leases("TEST", "copy")).isEmpty();
    }

    private HeldLease take(String shard, String worker) {
        return leases.take(shard, worker).orElseThrow().held();
    }

    private Lease only() {
        assertThat(leases.all()).hasSize(1);
        return leases.all().getFirst();
    }
}
