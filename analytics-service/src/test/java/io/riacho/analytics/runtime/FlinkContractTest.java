package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.job.JobGraph;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobRunnerContract;
import io.riacho.analytics.job.JobSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The embedded Flink does what the control plane believes that a runner does. */
class FlinkContractTest extends JobRunnerContract {

    private static final String NOWHERE = "CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole')";

    @Override
    protected JobRunner runner() {
        return EmbeddedFlink.RUNNER;
    }

    @Override
    protected JobSpecification endless(String ofRun) {
        return Jobs.job(
                ofRun,
                List.of(Jobs.noise(), NOWHERE),
                List.of("INSERT INTO nowhere SELECT COUNT(*) FROM numbers GROUP BY MOD(id, 10)"));
    }

    @Override
    protected JobSpecification finite(String ofRun) {
        return Jobs.job(
                ofRun, List.of(Jobs.numbers(10, 1000), NOWHERE), List.of("INSERT INTO nowhere SELECT id FROM numbers"));
    }

    @Override
    protected JobSpecification wrong(String ofRun) {
        return Jobs.job(ofRun, List.of(Jobs.noise(), NOWHERE), List.of("INSERT INTO nowhere SELECT ids FROM numbers"));
    }

    @Override
    protected void checkpoint(String jobId) {
        Jobs.await(
                "a checkpoint",
                () -> EmbeddedFlink.RUNNER.metrics(jobId).values().getOrDefault("numberOfCompletedCheckpoints", 0.0)
                        > 0);
    }

    @Test
    void theGraphOfAJobTellsWhichWayItsRecordsGo() {
        String job = EmbeddedFlink.RUNNER.start(endless(Jobs.newRun()), null, false);
        List<JobGraph.Vertex> vertices = new ArrayList<>();
        Jobs.await("what goes through the job is measured", () -> {
            vertices.clear();
            vertices.addAll(EmbeddedFlink.RUNNER.graph(job).vertices());
            return isMeasured(vertices);
        });

        assertThat(vertices).hasSize(2);
        JobGraph.Vertex source = vertices.getFirst();
        JobGraph.Vertex count = vertices.getLast();
        assertThat(source.name()).contains("numbers");
        assertThat(source.inputs()).isEmpty();
        assertThat(count.inputs()).containsExactly(source.id());
        assertThat(count.state()).isEqualTo("RUNNING");
        assertThat(count.parallelism()).isEqualTo(1);
        assertThat(count.metrics()).containsKey("busyTimeMsPerSecond");
        EmbeddedFlink.RUNNER.cancel(job);
    }

    private static boolean isMeasured(List<JobGraph.Vertex> vertices) {
        return !vertices.isEmpty()
                && vertices.stream()
                        .allMatch(vertex -> count(vertex, JobGraph.RECORDS_IN) > 0
                                && count(vertex, JobGraph.RECORDS_OUT) > 0
                                && vertex.metrics().containsKey("backPressuredTimeMsPerSecond"));
    }

    private static double count(JobGraph.Vertex vertex, String name) {
        return vertex.metrics().getOrDefault(name, 0.0);
    }
}
