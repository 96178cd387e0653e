package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of an application, by the names of Managed Service for Apache Flink, out of those of its tasks and operators: records in are
 * what its sources read, records out what its sinks are given, busy and backpressured is its slowest task.
 */
final class JobMetricsReader {

    /** Of all that the last checkpoint needs, with what earlier ones wrote. */
    static final String STATE_SIZE = "lastCheckpointFullSize";

    private static final List<String> OF_JOB = List.of(
            "numRestarts",
            "fullRestarts",
            "uptime",
            "downtime",
            "lastCheckpointDuration",
            "lastCheckpointSize",
            STATE_SIZE,
            "numberOfCompletedCheckpoints",
            "numberOfFailedCheckpoints");
    private static final List<String> OF_TASK_MOST =
            List.of("busyTimeMsPerSecond", "backPressuredTimeMsPerSecond", "idleTimeMsPerSecond");
    private static final String BEHIND = "millisBehindLatest";
    private static final String LATE = "numLateRecordsDropped";
    private static final String IN = "numRecordsIn";
    private static final String OUT = "numRecordsOut";
    private static final String PER_SECOND = "PerSecond";

    private final FlinkClient flink;

    JobMetricsReader(FlinkClient flink) {
        this.flink = flink;
    }

    JobMetrics read(JobID job) {
        Map<String, Double> values = new HashMap<>();
        for (Metric metric : flink.jobMetrics(job, OF_JOB)) {
            number(metric.getValue(), value -> values.put(metric.getId(), value));
        }
        flink.details(job).ifPresent(details -> {
            int parallelism = 0;
            for (JobDetailsInfo.JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
                parallelism = Math.max(parallelism, vertex.getParallelism());
                vertex(job, vertex, values);
            }
            values.put("parallelism", (double) parallelism);
        });
        return new JobMetrics(values);
    }

    private void vertex(JobID job, JobDetailsInfo.JobVertexDetailsInfo vertex, Map<String, Double> values) {
        List<String> wanted = new ArrayList<>();
        for (AggregatedMetric metric : flink.vertexMetrics(job, vertex.getJobVertexID(), List.of())) {
            if (isWanted(metric.getId())) {
                wanted.add(metric.getId());
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, Double> sources = new HashMap<>();
        for (AggregatedMetric metric : flink.vertexMetrics(job, vertex.getJobVertexID(), wanted)) {
            take(metric, values, sources);
        }
        read(sources, values);
    }

    private static boolean isWanted(String id) {
        String name = id.substring(id.lastIndexOf('.') + 1);
        return OF_TASK_MOST.contains(id)
                || name.equals(BEHIND)
                || name.equals(LATE)
                || (isSource(id) && (isCount(name, IN) || isCount(name, OUT)))
                || (isSink(id) && isCount(name, IN));
    }

    private static boolean isCount(String name, String count) {
        return name.equals(count) || name.equals(count + PER_SECOND);
    }

    private static void take(AggregatedMetric metric, Map<String, Double> values, Map<String, Double> sources) {
        String id = metric.getId();
        String name = id.substring(id.lastIndexOf('.') + 1);
        if (OF_TASK_MOST.contains(id) || name.equals(BEHIND)) {
            number(metric.getMax(), value -> values.merge(name, value, Math::max));
        } else if (name.equals(LATE)) {
            number(metric.getSum(), value -> values.merge(name, value, Double::sum));
        } else if (isSource(id)) {
            number(metric.getSum(), value -> sources.merge(name, value, Double::sum));
        } else if (isSink(id)) {
            String written = OUT + name.substring(IN.length());
            number(metric.getSum(), value -> values.merge(written, value, Double::sum));
        }
    }

    /** Sources of Flink's older kind, such as {@code datagen}, count what they give only. */
    static void read(Map<String, Double> sources, Map<String, Double> values) {
        for (String unit : List.of("", PER_SECOND)) {
            double in = sources.getOrDefault(IN + unit, 0.0);
            double read = in > 0 ? in : sources.getOrDefault(OUT + unit, 0.0);
            if (sources.containsKey(IN + unit) || sources.containsKey(OUT + unit)) {
                values.merge(IN + unit, read, Double::sum);
            }
        }
    }

    static boolean isSource(String id) {
        return id.startsWith("Source__");
    }

    static boolean isSink(String id) {
        return id.startsWith("Sink__") || id.contains("__Writer.");
    }

    private static void number(@Nullable String value, DoubleConsumer taken) {
        if (value == null) {
            return;
        }
        try {
            number(Double.valueOf(value), taken);
        } catch (NumberFormatException e) {
            // A gauge without a value yet.
            return;
        }
    }

    static void number(@Nullable Double value, DoubleConsumer taken) {
        if (value != null && Double.isFinite(value)) {
            taken.accept(value);
        }
    }
}
