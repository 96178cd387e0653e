package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobStatus;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;
import org.jspecify.annotations.Nullable;

/** What becomes of a job, in the words of the seam. */
final class JobStatuses {

    private static final String RESTARTS = "numRestarts";
    private static final String OUT_OF_MEMORY = "OutOfMemoryError";
    /** One time it may have been another job that left no memory to this one. */
    private static final int OUT_OF_MEMORY_TIMES = 3;

    private final FlinkClient flink;

    JobStatuses(FlinkClient flink) {
        this.flink = flink;
    }

    JobStatus status(JobID job) {
        return flink.details(job)
                .map(details -> status(job, details))
                .orElseGet(() -> new JobStatus(JobStatus.State.UNKNOWN, null, 0));
    }

    private JobStatus status(JobID job, JobDetailsInfo details) {
        List<String> failures = failures(job);
        String failure = failure(job, failures, details.getJobStatus() == org.apache.flink.api.common.JobStatus.FAILED);
        long restarts = failure == null ? 0 : restarts(job);
        if (details.getJobStatus() != org.apache.flink.api.common.JobStatus.CANCELED
                && failures.size() == OUT_OF_MEMORY_TIMES
                && failures.stream().allMatch(each -> each.startsWith(OUT_OF_MEMORY))) {
            return new JobStatus(
                    JobStatus.State.EXHAUSTED,
                    "The job ran out of memory " + OUT_OF_MEMORY_TIMES + " times: " + failure,
                    restarts);
        }
        return new JobStatus(state(details, failure != null), failure, restarts);
    }

    /** Flink says RUNNING as soon as it begins to send tasks out; here it means that all of them run. */
    private static JobStatus.State state(JobDetailsInfo details, boolean failedBefore) {
        JobStatus.State notYet = failedBefore ? JobStatus.State.RESTARTING : JobStatus.State.STARTING;
        return switch (details.getJobStatus()) {
            case INITIALIZING, CREATED, RECONCILING -> notYet;
            case RUNNING -> areAllRunning(details) ? JobStatus.State.RUNNING : notYet;
            case RESTARTING, FAILING -> JobStatus.State.RESTARTING;
            // It is there until it has ended.
            case CANCELLING -> JobStatus.State.RUNNING;
            case FAILED -> JobStatus.State.FAILED;
            case FINISHED -> JobStatus.State.FINISHED;
            case CANCELED -> JobStatus.State.CANCELED;
            case SUSPENDED -> JobStatus.State.UNKNOWN;
        };
    }

    private static boolean areAllRunning(JobDetailsInfo details) {
        for (JobDetailsInfo.JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
            for (Map.Entry<ExecutionState, Integer> tasks :
                    vertex.getTasksPerState().entrySet()) {
                if (tasks.getValue() > 0
                        && tasks.getKey() != ExecutionState.RUNNING
                        && tasks.getKey() != ExecutionState.FINISHED) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Null where nothing went wrong. */
    @Nullable
    String failure(JobID job, boolean hasFailed) {
        return failure(job, failures(job), hasFailed);
    }

    private @Nullable String failure(JobID job, List<String> failures, boolean hasFailed) {
        if (!failures.isEmpty()) {
            return failures.getFirst();
        }
        return hasFailed ? flink.end(job).map(Failures::line).orElse("The job failed") : null;
    }

    /** The newest first. */
    private List<String> failures(JobID job) {
        return flink.failures(job, OUT_OF_MEMORY_TIMES).stream()
                .map(failure -> Failures.ofTrace(failure.getStacktrace()))
                .toList();
    }

    private long restarts(JobID job) {
        for (Metric metric : flink.jobMetrics(job, List.of(RESTARTS))) {
            if (metric.getId().equals(RESTARTS) && metric.getValue() != null) {
                return (long) Double.parseDouble(metric.getValue());
            }
        }
        return 0;
    }
}
