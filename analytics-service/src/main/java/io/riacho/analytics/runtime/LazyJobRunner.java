package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobGraph;
import io.riacho.analytics.job.JobMetrics;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the runner, and so loads Flink, when it is first asked: a server without applications starts without it. */
final class LazyJobRunner implements JobRunner, AutoCloseable {

    private final Supplier<FlinkJobRunner> maker;
    private @Nullable FlinkJobRunner made;
    private boolean closed;

    LazyJobRunner(Supplier<FlinkJobRunner> maker) {
        this.maker = maker;
    }

    private synchronized FlinkJobRunner runner() {
        if (closed) {
            throw new JobException("Analytics is shutting down", new IllegalStateException("closed"));
        }
        FlinkJobRunner runner = made;
        if (runner == null) {
            runner = maker.get();
            made = runner;
        }
        return runner;
    }

    @Override
    public void check(JobSpecification job) {
        runner().check(job);
    }

    @Override
    public String start(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        return runner().start(job, restoreFrom, allowNonRestoredState);
    }

    @Override
    public JobStatus status(String jobId) {
        return runner().status(jobId);
    }

    @Override
    public String snapshot(String jobId) {
        return runner().snapshot(jobId);
    }

    @Override
    public String stop(String jobId) {
        return runner().stop(jobId);
    }

    @Override
    public void cancel(String jobId) {
        runner().cancel(jobId);
    }

    @Override
    public Optional<String> newestCheckpoint(String run) {
        return runner().newestCheckpoint(run);
    }

    @Override
    public void delete(String path) {
        runner().delete(path);
    }

    @Override
    public JobMetrics metrics(String jobId) {
        return runner().metrics(jobId);
    }

    @Override
    public JobGraph graph(String jobId) {
        return runner().graph(jobId);
    }

    @Override
    public void rescale(String jobId, int parallelism) {
        runner().rescale(jobId, parallelism);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (made != null) {
            made.close();
        }
    }
}
