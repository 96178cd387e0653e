package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.application.StopPoint;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops jobs and keeps what they had come to: a savepoint, or the newest checkpoint where none can be taken. Where no state
 * is kept of an input, it is read again from a little before it was read last.
 */
final class JobStops {

    private static final int TRIES = 3;
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration CHECKPOINT_MARGIN = Duration.ofMinutes(2);
    private static final String BEHIND = "millisBehindLatest";

    private final JobRunner runner;
    private final Leading leading;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    JobStops(JobRunner runner, Leading leading) {
        this.runner = runner;
        this.leading = leading;
    }

    /**
     * @return empty where the job was never started; nothing was read then
     * @throws JobException where it still runs; it may be tried again
     */
    Optional<StopPoint> stop(Application application, Run run) {
        String job = run.job();
        if (job == null) {
            return Optional.empty();
        }
        Instant readUntil = readUntil(job);
        JobStatus status = runner.status(job);
        if (isGone(status.state())) {
            return Optional.of(checkpoint(run));
        }
        try {
            String savepoint = runner.stop(job);
            failures.remove(run.id());
            return Optional.of(new StopPoint(savepoint, readUntil, run.version()));
        } catch (JobException e) {
            if (isGone(runner.status(job).state())) {
                return Optional.of(checkpoint(run));
            }
            if (failures.merge(run.id(), 1, Integer::sum) < TRIES) {
                throw e;
            }
            failures.remove(run.id());
            StopPoint point = checkpoint(run);
            runner.cancel(job);
            return Optional.of(point);
        }
    }

    private StopPoint checkpoint(Run run) {
        String path = runner.newestCheckpoint(run.id()).orElse(run.restoreFrom());
        Instant from = leading.now().minus(CHECKPOINT_MARGIN);
        return new StopPoint(path, from.isBefore(run.begunAt()) ? run.begunAt() : from, run.version());
    }

    private Instant readUntil(String job) {
        try {
            double behind = runner.metrics(job).values().getOrDefault(BEHIND, 0.0);
            return leading.now().minusMillis(Math.max(0, (long) behind)).minus(MARGIN);
        } catch (JobException e) {
            return leading.now().minus(CHECKPOINT_MARGIN);
        }
    }

    static boolean isGone(JobStatus.State state) {
        return switch (state) {
            case FAILED, FINISHED, CANCELED, EXHAUSTED, UNKNOWN -> true;
            case STARTING, RUNNING, RESTARTING -> false;
        };
    }
}
