package io.riacho.analytics.runtime;

import static io.riacho.analytics.job.JobGraph.PER_SECOND;
import static io.riacho.analytics.job.JobGraph.RECORDS_IN;
import static io.riacho.analytics.job.JobGraph.RECORDS_OUT;

import io.riacho.analytics.job.JobGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;

/**
 * The vertices of a job. Flink counts the records that tasks hand to each other; what the first of them read and the last of them
 * write, their operators know.
 */
final class JobGraphReader {

    private static final String HELD_UP = "backPressuredTimeMsPerSecond";
    private static final String IDLE = "idleTimeMsPerSecond";
    private static final List<String> TIMES = List.of("busyTimeMsPerSecond", HELD_UP, IDLE);
    /** Flink measures every 5 seconds, and asks tasks for what they measured every 10. */
    private static final long MEASURED_AFTER_MILLIS = 20_000;

    private static final List<String> COUNTS =
            List.of(RECORDS_IN, RECORDS_OUT, RECORDS_IN + PER_SECOND, RECORDS_OUT + PER_SECOND);

    private final FlinkClient flink;

    JobGraphReader(FlinkClient flink) {
        this.flink = flink;
    }

    /** Without vertices where there is no such job. */
    JobGraph read(JobID job) {
        return flink.details(job).map(details -> graph(job, details)).orElseGet(() -> new JobGraph(List.of()));
    }

    private JobGraph graph(JobID job, JobDetailsInfo details) {
        Map<String, List<String>> inputs = new HashMap<>();
        for (JobPlanInfo.Plan.Node node : details.getPlan().getNodes()) {
            // Flink leaves them out for sources.
            Collection<JobPlanInfo.Plan.Node.Input> given = node.getInputs();
            inputs.put(
                    node.getId(),
                    given == null
                            ? List.of()
                            : given.stream()
                                    .map(JobPlanInfo.Plan.Node.Input::getId)
                                    .toList());
        }
        List<JobGraph.Vertex> vertices = new ArrayList<>();
        for (JobDetailsInfo.JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
            String id = vertex.getJobVertexID().toHexString();
            vertices.add(new JobGraph.Vertex(
                    id,
                    vertex.getName(),
                    vertex.getExecutionState().toString(),
                    vertex.getParallelism(),
                    inputs.getOrDefault(id, List.of()),
                    metrics(job, vertex)));
        }
        return new JobGraph(vertices);
    }

    private Map<String, Double> metrics(JobID job, JobDetailsInfo.JobVertexDetailsInfo vertex) {
        List<String> wanted = flink.vertexMetrics(job, vertex.getJobVertexID(), List.of()).stream()
                .map(AggregatedMetric::getId)
                .filter(JobGraphReader::isWanted)
                .toList();
        Map<String, Double> values = new HashMap<>();
        if (wanted.isEmpty()) {
            return values;
        }
        Map<String, Double> read = new HashMap<>();
        Map<String, Double> written = new HashMap<>();
        for (AggregatedMetric metric : flink.vertexMetrics(job, vertex.getJobVertexID(), wanted)) {
            String id = metric.getId();
            String name = id.substring(id.lastIndexOf('.') + 1);
            if (TIMES.contains(id)) {
                JobMetricsReader.number(metric.getMax(), value -> values.put(id, value));
            } else if (COUNTS.contains(id)) {
                JobMetricsReader.number(metric.getSum(), value -> values.merge(id, value, Math::max));
            } else if (JobMetricsReader.isSource(id)) {
                JobMetricsReader.number(metric.getSum(), value -> read.merge(name, value, Double::sum));
            } else {
                JobMetricsReader.number(metric.getSum(), value -> written.merge(name, value, Double::sum));
            }
        }
        if (!areTimesMeasured(values, vertex.getDuration())) {
            TIMES.forEach(values::remove);
        }
        JobMetricsReader.read(read, values);
        written.forEach(
                (name, value) -> values.merge(RECORDS_OUT + name.substring(RECORDS_IN.length()), value, Math::max));
        return values;
    }

    /**
     * Whether the times of a task are measured. Flink takes as busy all that is neither idle nor held up, and both of these are none
     * until they are first measured: a task that has only begun looks as if it were busy all the time.
     *
     * @param times of a second, in milliseconds
     * @param ranMillis since the task was deployed; below zero where it was not
     */
    static boolean areTimesMeasured(Map<String, Double> times, long ranMillis) {
        return ranMillis >= MEASURED_AFTER_MILLIS
                || times.getOrDefault(IDLE, 0.0) > 0
                || times.getOrDefault(HELD_UP, 0.0) > 0;
    }

    private static boolean isWanted(String id) {
        String name = id.substring(id.lastIndexOf('.') + 1);
        return TIMES.contains(id)
                || COUNTS.contains(id)
                || (JobMetricsReader.isSource(id) && COUNTS.contains(name))
                || (JobMetricsReader.isSink(id) && (name.equals(RECORDS_IN) || name.equals(RECORDS_IN + PER_SECOND)));
    }
}
