package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobSpecification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * Gives runs to a Flink cluster, under an id that follows from the run's name and the number of the attempt, so that Flink itself
 * refuses a second one; where the run has completed a checkpoint already, it goes on from that, whatever it began with. Safe for use by
 * many threads.
 */
final class JobStarter {

    private static final int JOB_ID_BYTES = 16;
    private static final int START_LOCKS = 64;

    private final FlinkProperties properties;
    private final FlinkCluster cluster;
    private final FlinkConnection connected;
    private final RunFolders folders;
    private final Planner planner;
    private final JobWaits waits;
    /** A run is asked for and given to Flink by one thread at a time. */
    private final Object[] startLocks =
            Stream.generate(Object::new).limit(START_LOCKS).toArray();

    JobStarter(
            FlinkProperties properties,
            FlinkCluster cluster,
            FlinkConnection connected,
            RunFolders folders,
            Planner planner,
            JobWaits waits) {
        this.properties = properties;
        this.cluster = cluster;
        this.connected = connected;
        this.folders = folders;
        this.planner = planner;
        this.waits = waits;
    }

    /** As {@link JobRunner#start}. */
    String start(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        RunFolders.checkRun(job.run());
        CodeLimits.check(job);
        if (job.parallelism() < 1 || job.parallelism() > properties.maxParallelism()) {
            throw new CodeException(
                    "Parallelism is " + job.parallelism() + ", and can be up to " + properties.maxParallelism(), 0, 0);
        }
        synchronized (startLocks[Math.floorMod(job.run().hashCode(), startLocks.length)]) {
            return startOnce(job, restoreFrom, allowNonRestoredState);
        }
    }

    private String startOnce(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        Configuration connection = cluster.connect();
        FlinkClient flink = connected.client(connection);
        int attempt = Math.max(1, folders.lastAttempt(job.run()));
        while (true) {
            JobID id = id(job.run(), attempt);
            Optional<JobDetailsInfo> known = flink.details(id);
            if (known.isPresent() && !known.get().getJobStatus().isGloballyTerminalState()) {
                return id.toHexString();
            }
            if (known.isEmpty() && !folders.hasCompleted(job.run(), attempt)) {
                Configuration configuration =
                        JobSettings.forStart(job, id, folders.attempt(job.run(), attempt), connection);
                cluster.prepare(configuration, id);
                String from = folders.newest(job.run()).orElse(restoreFrom);
                if (from != null) {
                    if (!folders.isComplete(from)) {
                        throw new JobException(
                                "There is no complete checkpoint or savepoint at " + from,
                                new IllegalStateException("no state"));
                    }
                    JobSettings.restore(configuration, from, allowNonRestoredState);
                }
                if (submit(job, configuration, flink, attempt)) {
                    waits.awaitStart(flink, id);
                    return id.toHexString();
                }
            }
            attempt++;
        }
    }

    /** Whether the cluster took it; false where it had one of this id before. */
    private boolean submit(JobSpecification job, Configuration configuration, FlinkClient flink, int attempt) {
        StreamGraph graph = planner.plan(
                job.application(), () -> new ApplicationCode(job, configuration, properties.rules()).plan());
        if (properties.url() == null && flink.freeSlots() < job.parallelism()) {
            throw new JobException(
                    "The jobs that run leave no place for " + job.parallelism() + " more parallel subtasks",
                    new IllegalStateException("no free slots"));
        }
        folders.make(folders.attempt(job.run(), attempt));
        try {
            flink.submit(graph, configuration);
            return true;
        } catch (JobException e) {
            if (isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isDuplicate(JobException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("DuplicateJobSubmissionException")) {
                return true;
            }
        }
        return false;
    }

    static JobID id(String run, int attempt) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((run + "#" + attempt).getBytes(StandardCharsets.UTF_8));
            return JobID.fromByteArray(Arrays.copyOf(digest, JOB_ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
