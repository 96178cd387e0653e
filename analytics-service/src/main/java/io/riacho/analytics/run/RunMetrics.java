package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ParallelismConfigurationDescription;

/**
 * Takes what jobs measure into CloudWatch's metrics, under the names of Managed Service for Apache Flink, and of Kinesis
 * Data Analytics for SQL Applications where those have one.
 *
 * @see <a href="https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html">Metrics and dimensions in
 *     Managed Service for Apache Flink</a>
 */
public final class RunMetrics {

    private static final String NAMESPACE = "AWS/KinesisAnalytics";
    private static final String BEHIND = "millisBehindLatest";
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final JobRunner runner;
    private final MetricHistory history;
    private final Leading leading;
    private final Map<UUID, Taken> taken = new ConcurrentHashMap<>();

    RunMetrics(JobRunner runner, MetricHistory history, Leading leading) {
        this.runner = runner;
        this.history = history;
        this.leading = leading;
    }

    private record Taken(Instant at, Map<String, Double> values) {}

    /** Takes them now and then. */
    void take(Application application, Run run, String job) {
        Instant now = leading.now();
        Taken last = taken.get(application.id());
        if (last != null && now.isBefore(last.at().plus(EVERY))) {
            return;
        }
        Map<String, Double> values;
        try {
            values = runner.metrics(job).values();
        } catch (JobException e) {
            return;
        }
        taken.put(application.id(), new Taken(now, values));
        Dimension dimension = new Dimension("Application", application.name());
        values.forEach((name, value) -> add(now, unit(name), value, name, dimension));
        add(now, "Count", kpus(application), "KPUs", dimension);
        Double behind = values.get(BEHIND);
        if (behind != null) {
            for (InputDescription input : application.definition().inputs()) {
                add(
                        now,
                        "Milliseconds",
                        behind,
                        "MillisBehindLatest",
                        dimension,
                        new Dimension("Id", input.inputId()),
                        new Dimension("Flow", "Input"));
            }
        }
    }

    /** What was measured last; empty where nothing was. */
    public Map<String, Double> last(UUID application) {
        Taken last = taken.get(application);
        return last == null ? Map.of() : last.values();
    }

    void forget(UUID application) {
        taken.remove(application);
    }

    private void add(Instant now, String unit, double value, String name, Dimension... dimensions) {
        if (Double.isFinite(value)) {
            history.addOwn(new MetricHistory.Key(Metric.of(NAMESPACE, name, dimensions), unit), Samples.of(value), now);
        }
    }

    private static double kpus(Application application) {
        var flink = application.definition().configuration().flinkApplicationConfigurationDescription();
        if (flink == null) {
            return 1;
        }
        ParallelismConfigurationDescription parallelism = flink.parallelismConfigurationDescription();
        return Math.ceilDiv(parallelism.currentParallelism(), parallelism.parallelismPerKPU());
    }

    private static String unit(String name) {
        return switch (name) {
            case BEHIND,
                    "lastCheckpointDuration",
                    "uptime",
                    "downtime",
                    "busyTimeMsPerSecond",
                    "backPressuredTimeMsPerSecond",
                    "idleTimeMsPerSecond" -> "Milliseconds";
            case "lastCheckpointSize", "lastCheckpointFullSize" -> "Bytes";
            case "cpuUtilization", "heapMemoryUtilization", "managedMemoryUtilization" -> "Percent";
            default -> name.endsWith("PerSecond") ? "Count/Second" : "Count";
        };
    }
}
