package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Operation;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.FlinkApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ParallelismConfigurationDescription;

/**
 * Gives an application that falls behind twice the parallelism, up to a bound, and takes it back to what is configured once
 * it has little to do. Only where AutoScalingEnabled is set; the intent is stored before the job is changed.
 */
final class Scaling {

    private static final double BUSY = 800;
    private static final double IDLE = 100;
    private static final double BEHIND_MILLIS = 10_000;
    private static final String BUSY_TIME = "busyTimeMsPerSecond";
    private static final String BEHIND = "millisBehindLatest";

    private final Leading leading;
    private final JobRunner runner;
    private final RunMetrics metrics;
    private final int most;
    private final Duration up;
    private final Duration down;
    private final Map<UUID, Pressure> pressures = new ConcurrentHashMap<>();

    /**
     * @param most the highest parallelism that an application is given
     * @param up for how long it has to be behind or busy before it is given more
     * @param down for how long it has to be idle before that is taken back
     */
    Scaling(Leading leading, JobRunner runner, RunMetrics metrics, int most, Duration up, Duration down) {
        this.leading = leading;
        this.runner = runner;
        this.metrics = metrics;
        this.most = most;
        this.up = up;
        this.down = down;
    }

    /** @param direction 1 for too much to do, -1 for too little */
    private record Pressure(int direction, Instant since) {}

    /** @return whether there is more to do at once */
    boolean scale(Application application, String job) {
        FlinkApplicationConfigurationDescription flink =
                application.definition().configuration().flinkApplicationConfigurationDescription();
        if (flink == null) {
            return false;
        }
        ParallelismConfigurationDescription configured = flink.parallelismConfigurationDescription();
        if (application.status() == ApplicationStatus.AUTOSCALING) {
            return rescale(application, job, configured.currentParallelism());
        }
        if (!Boolean.TRUE.equals(configured.autoScalingEnabled())) {
            return false;
        }
        int now = configured.currentParallelism();
        int wanted = wanted(application, now, configured.parallelism());
        if (wanted == now) {
            return false;
        }
        pressures.remove(application.id());
        Operation operation = Operation.of("AutoScaling", leading.now());
        return leading.change(
                application, at -> with(at, flink, wanted).begin(ApplicationStatus.AUTOSCALING, operation));
    }

    private boolean rescale(Application application, String job, int parallelism) {
        String failure = null;
        try {
            runner.rescale(job, parallelism);
        } catch (JobException | IllegalArgumentException e) {
            failure = "The parallelism could not be changed: " + e.getMessage();
        }
        String message = failure;
        return leading.change(application, at -> at.end(ApplicationStatus.RUNNING, message));
    }

    private int wanted(Application application, int now, int least) {
        Map<String, Double> values = metrics.last(application.id());
        Double busy = values.get(BUSY_TIME);
        if (busy == null) {
            return now;
        }
        double behind = values.getOrDefault(BEHIND, 0.0);
        int direction = 0;
        if (busy >= BUSY || (behind >= BEHIND_MILLIS && busy > IDLE)) {
            direction = 1;
        } else if (busy <= IDLE && behind < BEHIND_MILLIS) {
            direction = -1;
        }
        int wanted = switch (direction) {
            case 1 -> Math.max(now, Math.min(most, now * 2));
            case -1 -> Math.min(now, Math.max(least, now / 2));
            default -> now;
        };
        if (wanted == now) {
            pressures.remove(application.id());
            return now;
        }
        int toward = direction;
        Pressure pressure = pressures.compute(
                application.id(),
                (_, known) ->
                        known != null && known.direction() == toward ? known : new Pressure(toward, leading.now()));
        Duration lasted = Duration.between(pressure.since(), leading.now());
        return lasted.compareTo(toward > 0 ? up : down) >= 0 ? wanted : now;
    }

    private static Application with(
            Application application, FlinkApplicationConfigurationDescription flink, int parallelism) {
        return application.retold(application
                .definition()
                .with(application.definition().configuration().toBuilder()
                        .flinkApplicationConfigurationDescription(flink.toBuilder()
                                .parallelismConfigurationDescription(
                                        flink.parallelismConfigurationDescription().toBuilder()
                                                .currentParallelism(parallelism)
                                                .build())
                                .build())
                        .build()));
    }
}
