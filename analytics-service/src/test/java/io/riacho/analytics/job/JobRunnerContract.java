package io.riacho.analytics.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What runs jobs, whatever it is, does this. */
public abstract class JobRunnerContract {

    private final String run = UUID.randomUUID().toString();

    protected abstract JobRunner runner();

    /** A job that runs until it is stopped and has state; checkpoints at least once a second. */
    protected abstract JobSpecification endless(String ofRun);

    /** A job that comes to its end by itself. */
    protected abstract JobSpecification finite(String ofRun);

    /** A job whose code is wrong, in a place that is known. */
    protected abstract JobSpecification wrong(String ofRun);

    /** Sees to it that the running job has completed a checkpoint; where they come by themselves, that takes waiting only. */
    protected abstract void checkpoint(String jobId);

    @Test
    void aCheckStartsNothing() {
        runner().check(endless(run));

        assertThat(runner().newestCheckpoint(run)).isEmpty();
    }

    @Test
    void wrongCodeIsToldWithItsPlace() {
        assertThatThrownBy(() -> runner().check(wrong(run))).isInstanceOfSatisfying(CodeException.class, e -> {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
        });
        assertThatThrownBy(() -> runner().start(wrong(run), null, false)).isInstanceOf(CodeException.class);
    }

    @Test
    void aJobRunsUntilItIsCanceled() {
        String job = runner().start(endless(run), null, false);
        await(job, JobStatus.State.RUNNING);

        runner().cancel(job);

        assertThat(runner().status(job).state()).isIn(JobStatus.State.CANCELED, JobStatus.State.UNKNOWN);
    }

    @Test
    void aSecondStartOfARunFindsTheFirst() {
        String job = runner().start(endless(run), null, false);

        assertThat(runner().start(endless(run), null, false)).isEqualTo(job);

        runner().cancel(job);
    }

    @Test
    void aStoppedJobGoesOnFromItsSavepoint() {
        String job = runner().start(endless(run), null, false);
        await(job, JobStatus.State.RUNNING);

        String savepoint = runner().stop(job);

        assertThat(runner().status(job).state()).isIn(JobStatus.State.FINISHED, JobStatus.State.UNKNOWN);
        String next = runner().start(endless(UUID.randomUUID().toString()), savepoint, false);
        assertThat(next).isNotEqualTo(job);
        await(next, JobStatus.State.RUNNING);
        runner().cancel(next);
        runner().delete(savepoint);
    }

    @Test
    void aSnapshotLeavesTheJobRunning() {
        String job = runner().start(endless(run), null, false);
        await(job, JobStatus.State.RUNNING);

        String savepoint = runner().snapshot(job);

        assertThat(savepoint).isNotEmpty();
        assertThat(runner().status(job).state()).isEqualTo(JobStatus.State.RUNNING);
        runner().cancel(job);
        runner().delete(savepoint);
    }

    @Test
    void theNewestCheckpointOfARunOutlivesItsJobUntilItIsDeleted() {
        String job = runner().start(endless(run), null, false);
        await(job, JobStatus.State.RUNNING);
        checkpoint(job);
        runner().cancel(job);

        Optional<String> checkpoint = runner().newestCheckpoint(run);
        assertThat(checkpoint).isPresent();

        String next = UUID.randomUUID().toString();
        String restored = runner().start(endless(next), checkpoint.orElseThrow(), false);
        await(restored, JobStatus.State.RUNNING);
        runner().cancel(restored);
        runner().delete(checkpoint.orElseThrow());
        assertThat(runner().newestCheckpoint(run)).isEmpty();
        runner().delete(next);
        assertThat(runner().newestCheckpoint(next)).isEmpty();
    }

    @Test
    void aJobOfFiniteInputFinishes() {
        String job = runner().start(finite(run), null, false);

        await(job, JobStatus.State.FINISHED);
    }

    @Test
    void aJobThatIsNotThereIsUnknownAndCannotBeStopped() {
        String unknown = "0123456789abcdef0123456789abcdef";

        assertThat(runner().status(unknown).state()).isEqualTo(JobStatus.State.UNKNOWN);
        assertThatCode(() -> runner().cancel(unknown)).doesNotThrowAnyException();
        assertThatThrownBy(() -> runner().stop(unknown)).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> runner().snapshot(unknown)).isInstanceOf(JobException.class);
        assertThat(runner().metrics(unknown).values()).isEmpty();
        assertThat(runner().graph(unknown).vertices()).isEmpty();
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() {
        assertThatCode(() -> runner().delete(UUID.randomUUID().toString())).doesNotThrowAnyException();
    }

    protected final void await(String job, JobStatus.State state) {
        await(() -> runner().status(job).state() == state, "the job is " + state);
    }

    protected static void await(Supplier<Boolean> condition, String what) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain until " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
