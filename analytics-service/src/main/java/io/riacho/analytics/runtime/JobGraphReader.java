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

    private static final List<String> TIMES =
            List.of("busyTimeMsPerSecond", "backPressuredTimeMsPerSecond", "idleTimeMsPerSecond");
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
        JobMetricsReader.read(read, values);
        written.forEach(
                (name, value) -> values.merge(RECORDS_OUT + name.substring(RECORDS_IN.length()), value, Math::max));
        return values;
    }

    private static boolean isWanted(String id) {
        String name = id.substring(id.lastIndexOf('.') + 1);
        return TIMES.contains(id)
                || COUNTS.contains(id)
                || (JobMetricsReader.isSource(id) && COUNTS.contains(name))
                || (JobMetricsReader.isSink(id) && (name.equals(RECORDS_IN) || name.equals(RECORDS_IN + PER_SECOND)));
    }
}
