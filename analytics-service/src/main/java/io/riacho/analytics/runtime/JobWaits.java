package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobException;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;

/** Waits for what becomes of jobs, each time for as long as a request may take. */
final class JobWaits {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Duration requestTime;

    JobWaits(Duration requestTime) {
        this.requestTime = requestTime;
    }

    /**
     * Until Flink has made what it needs for the job, for which it reads the state to begin from; or until there is no more
     * time.
     */
    void awaitStart(FlinkClient flink, JobID id) {
        long end = System.nanoTime() + requestTime.toNanos();
        while (System.nanoTime() < end) {
            Optional<JobDetailsInfo> details = flink.details(id);
            if (details.isPresent()) {
                switch (details.get().getJobStatus()) {
                    case INITIALIZING -> {}
                    case FAILED -> {
                        String failure = new JobStatuses(flink).failure(id, true);
                        throw new JobException(String.valueOf(failure), new IllegalStateException("failed"));
                    }
                    default -> {
                        return;
                    }
                }
            }
            pause();
        }
    }

    /** @throws JobException where the job is there still when there is no more time */
    void awaitEnd(FlinkClient flink, JobID id) {
        long end = System.nanoTime() + requestTime.toNanos();
        while (!isEnded(flink, id)) {
            if (System.nanoTime() > end) {
                throw new JobException("The job does not end", new IllegalStateException("after " + requestTime));
            }
            pause();
        }
    }

    static boolean isEnded(FlinkClient flink, JobID id) {
        return flink.details(id)
                .map(details -> details.getJobStatus().isGloballyTerminalState())
                .orElse(true);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while waiting for a job", e);
        }
    }
}
