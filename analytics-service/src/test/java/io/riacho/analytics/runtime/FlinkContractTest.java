package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobRunnerContract;
import io.riacho.analytics.job.JobSpecification;
import java.util.List;

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
}
