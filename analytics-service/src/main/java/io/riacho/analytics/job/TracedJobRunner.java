package io.riacho.analytics.job;

import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has a trace tell how a job is started, stopped, or its state taken. Safe for use by many threads. */
public final class TracedJobRunner implements JobRunner {

    private final JobRunner runner;
    private final Tracing tracing;

    private TracedJobRunner(JobRunner runner, Tracing tracing) {
        this.runner = runner;
        this.tracing = tracing;
    }

    /** The runner itself where nothing is traced. */
    public static JobRunner of(JobRunner runner, Tracing tracing) {
        return tracing.isOn() ? new TracedJobRunner(runner, tracing) : runner;
    }

    @Override
    public String start(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        try (OpenSpan span = tracing.begin("start job", List.of())) {
            span.with("riacho.application", job.application()).with("riacho.run", job.run());
            return told(span, () -> runner.start(job, restoreFrom, allowNonRestoredState));
        }
    }

    @Override
    public String stop(String jobId) {
        return traced("stop job", jobId, () -> runner.stop(jobId));
    }

    @Override
    public String snapshot(String jobId) {
        return traced("snapshot job", jobId, () -> runner.snapshot(jobId));
    }

    private String traced(String name, String jobId, Supplier<String> work) {
        try (OpenSpan span = tracing.begin(name, List.of())) {
            span.with("riacho.job", jobId);
            return told(span, work);
        }
    }

    private static String told(OpenSpan span, Supplier<String> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            span.failed(e.getClass().getSimpleName());
            throw e;
        }
    }

    @Override
    public void check(JobSpecification job) {
        runner.check(job);
    }

    @Override
    public JobStatus status(String jobId) {
        return runner.status(jobId);
    }

    @Override
    public void cancel(String jobId) {
        runner.cancel(jobId);
    }

    @Override
    public Optional<String> newestCheckpoint(String run) {
        return runner.newestCheckpoint(run);
    }

    @Override
    public void delete(String path) {
        runner.delete(path);
    }

    @Override
    public JobMetrics metrics(String jobId) {
        return runner.metrics(jobId);
    }

    @Override
    public JobGraph graph(String jobId) {
        return runner.graph(jobId);
    }

    @Override
    public void rescale(String jobId, int parallelism) {
        runner.rescale(jobId, parallelism);
    }
}
