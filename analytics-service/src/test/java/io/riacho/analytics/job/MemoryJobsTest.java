package io.riacho.analytics.job;

import java.util.List;
import java.util.Map;

class MemoryJobsTest extends JobRunnerContract {

    final MemoryJobs jobs = new MemoryJobs();

    @Override
    protected JobRunner runner() {
        return jobs;
    }

    @Override
    protected JobSpecification endless(String ofRun) {
        return job(ofRun, "INSERT INTO a SELECT * FROM b");
    }

    @Override
    protected JobSpecification finite(String ofRun) {
        return job(ofRun, "INSERT INTO a VALUES ('FINISHING')");
    }

    @Override
    protected JobSpecification wrong(String ofRun) {
        return job(ofRun, "INSERT BROKEN");
    }

    @Override
    protected void checkpoint(String jobId) {
        String unused = jobs.checkpoint(jobId);
    }

    private static JobSpecification job(String run, String insert) {
        return new JobSpecification(run, "app", List.of(), List.of(insert), Map.of(), Map.of(), 1, 1000);
    }
}
