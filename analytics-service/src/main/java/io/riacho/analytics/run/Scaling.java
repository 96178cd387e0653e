package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Operation;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.scaling.ScalingDecision;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.FlinkApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ParallelismConfigurationDescription;

/**
 * Gives an application that has too much to do more parallelism, and takes it back to what is configured once it has little
 * to do. Only where AutoScalingEnabled is set; the intent is stored before the job is changed.
 */
final class Scaling {

    private static final String BUSY = "busyTimeMsPerSecond";
    private static final String BACK_PRESSURED = "backPressuredTimeMsPerSecond";
    private static final String BEHIND = "millisBehindLatest";

    private final Leading leading;
    private final JobRunner runner;
    private final RunMetrics metrics;
    private final int most;
    private final Map<UUID, Watched> watched = new ConcurrentHashMap<>();

    /** @param most the highest parallelism that an application is given */
    Scaling(Leading leading, JobRunner runner, RunMetrics metrics, int most) {
        this.leading = leading;
        this.runner = runner;
        this.metrics = metrics;
        this.most = most;
    }

    private record Watched(String job, ScalingDecision decision) {}

    void forget(UUID application) {
        watched.remove(application);
    }

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
        int wanted = wanted(application, job, now, configured.parallelism());
        if (wanted == now) {
            return false;
        }
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

    private int wanted(Application application, String job, int now, int least) {
        Map<String, Double> values = metrics.last(application.id());
        Double busy = values.get(BUSY);
        if (busy == null) {
            return now;
        }
        Watched known = watched.compute(
                application.id(),
                (_, before) -> before != null && before.job().equals(job)
                        ? before
                        : new Watched(job, new ScalingDecision(most, leading.now())));
        ScalingDecision.Load load = new ScalingDecision.Load(
                now, busy, values.getOrDefault(BACK_PRESSURED, 0.0), values.getOrDefault(BEHIND, 0.0));
        return Math.max(
                Math.min(least, most),
                known.decision().decide(leading.now(), load).orElse(now));
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
