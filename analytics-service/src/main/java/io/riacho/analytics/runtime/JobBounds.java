package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Jobs that took more than a job may take. One that is at an end for that is not to be started again by itself: it would take as much
 * again, at the cost of all others. Safe for use by many threads.
 */
final class JobBounds {

    private final DataSize mostState;
    private final Map<JobID, String> exceeded = new ConcurrentHashMap<>();

    /** @param mostState of one job, as its checkpoints have it */
    JobBounds(DataSize mostState) {
        this.mostState = mostState;
    }

    void exceeded(JobID job, String how) {
        exceeded.putIfAbsent(job, how);
    }

    /** @param size of the whole of the job's last checkpoint, in bytes; null where there was none */
    void measured(JobID job, @Nullable Double size) {
        if (size != null && size > mostState.toBytes()) {
            exceeded(
                    job,
                    "The job's state has grown to " + (long) (size / (1 << 20)) + " MB; a job may have "
                            + mostState.toMegabytes() + " MB (riacho.analytics.flink.max-state)");
        }
    }

    JobStatus bounded(JobID job, JobStatus status) {
        String how = exceeded.get(job);
        return how == null ? status : new JobStatus(JobStatus.State.EXHAUSTED, how, status.restarts());
    }

    void forget(JobID job) {
        exceeded.remove(job);
    }
}
