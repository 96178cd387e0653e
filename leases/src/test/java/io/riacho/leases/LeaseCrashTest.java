package io.riacho.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Real processes that count, one step with its checkpoint in a transaction, while they are killed and stopped. */
class LeaseCrashTest {

    private static final int SHARDS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestPostgres.Database database = TestPostgres.newDatabase();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.user(), database.password());
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void prepare() {
        new LeasesConfiguration().leasesMigration(source).migrate();
        jdbc.sql("create table step (shard text, number bigint, worker text, primary key (shard, number))")
                .update();
        TestLeases.open(source, CountingWorker.DURATION).add(TestLeases.shards(SHARDS));
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void noStepIsLostOrTakenTwiceWhileWorkersAreKilledAndStandStill() throws IOException, InterruptedException {
        Process killed = start("killed");
        Process still = start("still");
        awaitStepsOf("killed");
        awaitStepsOf("still");

        killed.destroyForcibly().waitFor();
        awaitWorkOnAllShardsBy("still");

        signal("STOP", still);
        start("third");
        awaitWorkOnAllShardsBy("third");
        long beforeItWakes = steps("still");
        signal("CONT", still);
        awaitShareOf("still");

        assertThat(steps("still")).isGreaterThan(beforeItWakes);
        Map<String, List<Long>> steps = jdbc
                .sql("select shard, number from step order by shard, number")
                .query((row, _) -> Map.entry(row.getString("shard"), row.getLong("number")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        assertThat(steps).hasSize(SHARDS);
        steps.forEach((shard, numbers) -> assertThat(numbers.getLast())
                .as("the last step of %s, where none is missing", shard)
                .isEqualTo(numbers.size()));
    }

    private Process start(String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingWorker.class.getName(),
                        name,
                        database.url(),
                        database.user(),
                        database.password())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "worker-" + name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void awaitStepsOf(String worker) {
        await().atMost(PATIENCE).until(() -> steps(worker) > 10);
    }

    private void awaitWorkOnAllShardsBy(String worker) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(leases()).allMatch(lease -> lease.isOwnedBy(worker)));
        long before = steps(worker);
        await().atMost(PATIENCE).until(() -> steps(worker) > before + SHARDS);
    }

    private void awaitShareOf(String worker) {
        await().atMost(PATIENCE).until(() -> owned(worker) == SHARDS / 2);
        long before = steps(worker);
        await().atMost(PATIENCE).until(() -> steps(worker) > before);
    }

    private List<Lease> leases() {
        return TestLeases.open(source, CountingWorker.DURATION).all();
    }

    private long owned(String worker) {
        return jdbc.sql("select count(*) from leases.lease where owner = :worker")
                .param("worker", worker)
                .query(Long.class)
                .single();
    }

    private long steps(String worker) {
        return jdbc.sql("select count(*) from step where worker = :worker")
                .param("worker", worker)
                .query(Long.class)
                .single();
    }
}
