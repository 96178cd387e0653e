package io.riacho.analytics.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs jobs. Each method may take seconds, for which the caller's thread waits. Safe for use by many threads. */
public interface JobRunner {

    /**
     * Checks the statements as a start would, and starts nothing.
     *
     * @throws CodeException where the code is wrong
     * @throws BusyException where there is no room to find that out now
     */
    void check(JobSpecification job);

    /**
     * Starts the job, or finds it running where an earlier call started it. Where its run has completed a checkpoint before, it
     * goes on from the newest, whatever it began with.
     *
     * @param restoreFrom a savepoint or checkpoint; null to begin without state
     * @param allowNonRestoredState whether state that the job has no place for may be left behind
     * @return the job's id
     * @throws CodeException where the code is wrong
     * @throws BusyException where there is no room to start it now
     * @throws JobException where the job cannot be started
     */
    String start(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState);

    JobStatus status(String jobId);

    /** Takes a savepoint of the running job; the answer is its path. */
    String snapshot(String jobId);

    /** Stops the job with a savepoint, whose path is the answer. */
    String stop(String jobId);

    /** Ends the job without a savepoint; one that is not there is ended. */
    void cancel(String jobId);

    /** The newest checkpoint that the run completed, whichever process it ran in. */
    Optional<String> newestCheckpoint(String run);

    /**
     * Forgets a savepoint or the checkpoints of a run; what is not there is forgotten.
     *
     * @param path a savepoint's; or a run's id, or the path of a checkpoint, for all checkpoints of the run
     */
    void delete(String path);

    JobMetrics metrics(String jobId);

    /** Without vertices where there is no such job. */
    JobGraph graph(String jobId);

    /** Changes the number of parallel subtasks of the running job. */
    void rescale(String jobId, int parallelism);
}
