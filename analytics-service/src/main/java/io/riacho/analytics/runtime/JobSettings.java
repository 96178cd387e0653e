package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobSpecification;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.config.TableConfigOptions;

/** What Flink is told with each job. */
final class JobSettings {

    private static final Duration FIRST_RESTART = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RESTART = Duration.ofMinutes(1);
    private static final Duration WELL_AGAIN = Duration.ofMinutes(10);
    private static final int RETAINED_CHECKPOINTS = 2;
    private static final int TOLERABLE_FAILURES = 10;

    private JobSettings() {}

    /** What planning needs, wherever the job goes then. */
    static Configuration forPlanning(JobSpecification job) {
        Configuration configuration = new Configuration();
        job.settings().forEach(configuration::setString);
        configuration.set(TableConfigOptions.LOCAL_TIME_ZONE, "UTC");
        // With these, a query could give a table another connector.
        configuration.set(TableConfigOptions.TABLE_DYNAMIC_TABLE_OPTIONS_ENABLED, false);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, job.parallelism());
        return configuration;
    }

    static Configuration forStart(JobSpecification job, JobID id, Path checkpoints, Configuration connection) {
        Configuration configuration = forPlanning(job);
        configuration.addAll(connection);
        configuration.set(DeploymentOptions.TARGET, "remote");
        configuration.set(DeploymentOptions.ATTACHED, false);
        configuration.set(PipelineOptions.NAME, name(job));
        configuration.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, id.toHexString());
        checkpoints(configuration, job.checkpointInterval(), checkpoints);
        restarts(configuration);
        return configuration;
    }

    /** The state belongs to nobody then: the job copies what it needs with its first checkpoint. */
    static void restore(Configuration configuration, String from, boolean allowNonRestoredState) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, allowNonRestoredState);
        configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    }

    /** The run is found by the name of its job. */
    static String run(String jobName) {
        return jobName.substring(jobName.lastIndexOf(' ') + 1);
    }

    private static String name(JobSpecification job) {
        return job.application() + " " + job.run();
    }

    private static void checkpoints(Configuration configuration, long interval, Path folder) {
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toString());
        configuration.set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(interval));
        if (!configuration.contains(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS)) {
            configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(interval / 2));
        }
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILURES);
        // A checkpoint overtakes the records that wait only where they make it wait for long.
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(10));
    }

    private static void restarts(Configuration configuration) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_RESTART);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, SLOWEST_RESTART);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, WELL_AGAIN);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR, 0.1);
    }
}
