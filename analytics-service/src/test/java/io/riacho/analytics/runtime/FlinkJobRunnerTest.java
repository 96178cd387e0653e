package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus;
import io.riacho.analytics.job.JobStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Jobs on the embedded cluster. */
class FlinkJobRunnerTest {

    private static final String NOWHERE = "CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole')";
    private static final String NO_STATE =
            EmbeddedFlink.FOLDER.resolve("savepoints/none/savepoint-1").toUri().toString();

    private final FlinkJobRunner runner = EmbeddedFlink.RUNNER;
    private final String run = Jobs.newRun();

    @TempDir
    private Path out;

    @Test
    void aJobRunsToTheEndOfItsInput() {
        String job = runner.start(Jobs.copy(run, 1000, 10_000, out), null, false);

        awaitState(job, State.FINISHED);
        assertThat(Jobs.lines(out)).hasSize(1000);
    }

    @Test
    void aRunThatIsStartedTwiceRunsOnce() throws Exception {
        JobSpecification specification = endless();

        // Not in the common pool: on two cores it has one thread, and Flink needs it.
        CompletableFuture<String> other = CompletableFuture.supplyAsync(
                () -> runner.start(specification, null, false), Thread.ofPlatform()::start);
        String job = runner.start(specification, null, false);

        assertThat(other.get()).isEqualTo(job);
        assertThat(runner.start(specification, null, false)).isEqualTo(job);
        runner.cancel(job);
    }

    @Test
    void aJobThatIsStoppedGoesOnFromItsSavepointWithoutLossOrRepetition() {
        int last = 20_000;
        String first = runner.start(Jobs.copy(run, last, 500, out), null, false);
        Jobs.await("rows", () -> !Jobs.lines(out).isEmpty());
        String savepoint = runner.stop(first);
        assertThat(runner.status(first).state()).isEqualTo(State.FINISHED);
        assertThat(Jobs.lines(out)).hasSizeBetween(1, last - 1);

        String second = runner.start(Jobs.copy(Jobs.newRun(), last, 100_000, out), savepoint, false);

        awaitState(second, State.FINISHED);
        assertThat(Jobs.lines(out)).containsExactlyInAnyOrderElementsOf(numbersTo(last));
    }

    @Test
    void aCancelledRunGoesOnFromItsNewestCheckpointWhateverItBeganWith() {
        int last = 20_000;
        String first = runner.start(Jobs.windows(run, last, 1000, out), null, false);
        Jobs.await("windows", () -> !Jobs.lines(out).isEmpty());
        runner.cancel(first);
        assertThat(runner.status(first).state()).isEqualTo(State.CANCELED);
        assertThat(runner.newestCheckpoint(run)).isPresent();

        String second = runner.start(Jobs.windows(run, last, 100_000, out), NO_STATE, false);

        assertThat(second).isNotEqualTo(first);
        awaitState(second, State.FINISHED);
        assertThat(Jobs.lines(out)).containsExactlyInAnyOrderElementsOf(Jobs.expectedWindows(last));
    }

    @Test
    void onlyTheNewestCheckpointsOfARunAreKept() {
        String job = runner.start(endless(), null, false);
        Jobs.await("three checkpoints", () -> checkpoint(run) >= 3);
        runner.cancel(job);

        Path folder = Path.of(java.net.URI.create(runner.newestCheckpoint(run).orElseThrow()))
                .getParent();
        assertThat(Objects.requireNonNull(folder).toFile().list((_, name) -> name.startsWith("chk-")))
                .hasSizeBetween(1, 3);
        runner.delete(run);
        assertThat(folder).doesNotExist();
        assertThat(runner.newestCheckpoint(run)).isEmpty();
    }

    @Test
    void aCheckpointThatIsNotCompleteIsNotGoneOnFrom() throws Exception {
        String job = runner.start(endless(), null, false);
        Jobs.await("a checkpoint", () -> checkpoint(run) >= 1);
        runner.cancel(job);
        String whole = runner.newestCheckpoint(run).orElseThrow();
        Path torn = Path.of(java.net.URI.create(whole)).resolveSibling("chk-1000000");
        Files.createDirectories(torn);
        byte[] metadata = Files.readAllBytes(Path.of(java.net.URI.create(whole)).resolve("_metadata"));
        Files.write(torn.resolve("_metadata"), java.util.Arrays.copyOf(metadata, metadata.length - 8));

        assertThat(runner.newestCheckpoint(run)).hasValue(whole);
    }

    @Test
    void aJobWhoseRowsFailSaysWhyAndTriesAgain() {
        JobSpecification failing = Jobs.job(
                run,
                List.of(Jobs.noise(), NOWHERE),
                List.of("INSERT INTO nowhere SELECT 1000 / (id - id) FROM numbers"));
        String job = runner.start(failing, null, false);

        Jobs.await("a failure", () -> runner.status(job).failure() != null);

        JobStatus status = runner.status(job);
        assertThat(status.failure()).isEqualTo("ArithmeticException: / by zero");
        assertThat(status.state()).isIn(State.RESTARTING, State.RUNNING);
        Jobs.await("a restart", () -> runner.status(job).restarts() >= 1);
        runner.cancel(job);
    }

    @Test
    void aStateThatIsNotThereFailsTheStart() {
        assertThatThrownBy(() -> runner.start(endless(), NO_STATE, false))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("savepoint-1");
    }

    @Test
    void aRunningJobIsRescaledWithoutLossOrRepetition() {
        int last = 12_000;
        String job = runner.start(Jobs.windows(run, last, 1000, out), null, false);
        awaitState(job, State.RUNNING);
        assertThat(parallelism(job)).isEqualTo(1);

        runner.rescale(job, 2);

        Jobs.await("two subtasks", () -> parallelism(job) == 2);
        awaitState(job, State.FINISHED);
        assertThat(Jobs.lines(out)).containsExactlyInAnyOrderElementsOf(Jobs.expectedWindows(last));
    }

    @Test
    void aStoppedRunLeavesItsSavepointOnly() {
        String job = runner.start(endless(), null, false);
        Jobs.await("a checkpoint", () -> checkpoint(run) >= 1);

        String savepoint = runner.stop(job);

        assertThat(runner.newestCheckpoint(run)).hasValue(savepoint);
        assertThat(EmbeddedFlink.FOLDER.resolve("checkpoints").resolve(run)).doesNotExist();
    }

    @Test
    void whatAJobDoesIsMeasured() {
        String job = runner.start(endless(), null, false);

        Jobs.await(
                "metrics",
                () -> runner.metrics(job).values().getOrDefault("numRecordsInPerSecond", 0.0) > 0
                        && runner.metrics(job).values().getOrDefault("numRecordsOutPerSecond", 0.0) > 0);

        assertThat(runner.metrics(job).values())
                .containsKeys(
                        "uptime",
                        "numRestarts",
                        "lastCheckpointDuration",
                        "busyTimeMsPerSecond",
                        "backPressuredTimeMsPerSecond",
                        "parallelism");
        runner.cancel(job);
    }

    @Test
    void aJobThatRunsOutOfMemoryAgainAndAgainIsExhaustedAndHarmsNoOther() {
        String other = runner.start(endless(), null, false);
        String job = runner.start(
                Jobs.job(
                        Jobs.newRun(),
                        List.of(Jobs.noise(), NOWHERE),
                        List.of("INSERT INTO nowhere SELECT CHAR_LENGTH(REPEAT('x', 2147483647 - CAST(id - id AS INT)))"
                                + " FROM numbers")),
                null,
                false);

        awaitState(job, State.EXHAUSTED);

        assertThat(runner.status(job).failure()).contains("ran out of memory 3 times", "OutOfMemoryError");
        runner.cancel(job);
        assertThat(runner.status(job).state()).isEqualTo(State.CANCELED);
        assertThat(runner.status(other).state()).isEqualTo(State.RUNNING);
        assertThat(runner.status(other).failure()).isNull();
        runner.cancel(other);
    }

    @Test
    void aJobWhoseStateGrowsBeyondItsBoundIsExhausted() {
        FlinkJobRunner bounded = EmbeddedFlink.withState(DataSize.ofKilobytes(1));
        String job = bounded.start(
                Jobs.job(
                        run,
                        List.of(Jobs.noise(), NOWHERE),
                        List.of("INSERT INTO nowhere SELECT COUNT(*) FROM numbers GROUP BY id")),
                null,
                false);

        Jobs.await("the state is measured", () -> {
            var unused = bounded.metrics(job);
            return bounded.status(job).state() == State.EXHAUSTED;
        });

        assertThat(bounded.status(job).failure()).contains("state has grown", "max-state");
        bounded.cancel(job);
        assertThat(bounded.status(job).state()).isEqualTo(State.CANCELED);
    }

    @Test
    void aJobWithMoreSubtasksThanThereAreCoresIsRefused() {
        JobSpecification wide = new JobSpecification(
                run, "tests", List.of(), List.of("INSERT INTO a SELECT 1"), Map.of(), Map.of(), 3, 1000);

        assertThatThrownBy(() -> runner.start(wide, null, false))
                .isInstanceOf(CodeException.class)
                .hasMessage("Parallelism is 3, and can be up to 2");
    }

    @Test
    void aPathOutsideOfAnalyticsIsNotDeleted() throws Exception {
        Path kept = Files.createFile(out.resolve("kept"));

        assertThatThrownBy(() -> runner.delete(out.toUri().toString())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> runner.delete(EmbeddedFlink.FOLDER.toUri() + "checkpoints/../../" + out.getFileName()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(kept).exists();
    }

    private JobSpecification endless() {
        return Jobs.job(run, List.of(Jobs.noise(), NOWHERE), List.of("INSERT INTO nowhere SELECT id FROM numbers"));
    }

    private void awaitState(String job, State state) {
        Jobs.await(state.name(), () -> {
            JobStatus status = runner.status(job);
            if (status.state() == State.FAILED && state != State.FAILED) {
                throw new AssertionError(status.failure());
            }
            return status.state() == state;
        });
    }

    private int parallelism(String job) {
        return runner.metrics(job).values().getOrDefault("parallelism", 0.0).intValue();
    }

    private long checkpoint(String of) {
        return runner.newestCheckpoint(of)
                .map(path -> Long.parseLong(path.substring(path.lastIndexOf('-') + 1)))
                .orElse(0L);
    }

    private static List<String> numbersTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }
}
