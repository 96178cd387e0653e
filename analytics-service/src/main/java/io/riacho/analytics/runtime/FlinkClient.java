package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory;
import org.apache.flink.runtime.rest.messages.JobIDPathParameter;
import org.apache.flink.runtime.rest.messages.JobVertexIdPathParameter;
import org.apache.flink.runtime.rest.messages.MessageParameters;
import org.apache.flink.runtime.rest.messages.MessagePathParameter;
import org.apache.flink.runtime.rest.messages.MessageQueryParameter;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.UpperLimitExceptionParameter;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedSubtaskMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedSubtaskMetricsParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;
import org.apache.flink.runtime.rest.messages.job.metrics.MetricsFilterParameter;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** Asks a cluster over Flink's REST API, each time for a bounded time. Safe for use by many threads. */
final class FlinkClient implements AutoCloseable {

    private static final int NOT_FOUND = 404;

    private final RestClusterClient<StandaloneClusterId> flink;
    private final Duration requestTime;
    private final Duration savepointTime;

    FlinkClient(Configuration connection, Duration requestTime, Duration savepointTime) {
        this.requestTime = requestTime;
        this.savepointTime = savepointTime;
        try {
            this.flink = new RestClusterClient<>(connection, StandaloneClusterId.getInstance());
        } catch (Exception e) {
            throw new JobException("Flink's REST API cannot be asked", e);
        }
    }

    /** Sends a job, with what else is in the configuration that it was planned with. */
    void submit(StreamGraph graph, Configuration configuration) {
        try {
            StreamGraph complete = PipelineExecutorUtils.getStreamGraph(graph, configuration);
            complete.serializeUserDefinedInstances();
            await(flink.submitJob(complete), requestTime);
        } catch (JobException e) {
            throw e;
        } catch (Exception e) {
            throw new JobException(Failures.line(e), e);
        }
    }

    /** Empty where the cluster knows no such job. */
    Optional<JobDetailsInfo> details(JobID job) {
        return known(flink.getJobDetails(job));
    }

    /** What went wrong with the job, the newest first. */
    List<JobExceptionsInfoWithHistory.RootExceptionInfo> failures(JobID job, int most) {
        JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
        path(parameters, job, null);
        for (MessageQueryParameter<?> query : parameters.getQueryParameters()) {
            if (query instanceof UpperLimitExceptionParameter limit) {
                limit.resolve(List.of(most));
            }
        }
        return known(flink.sendRequest(JobExceptionsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
                .map(found -> found.getExceptionHistory().getEntries())
                .orElse(List.of());
    }

    /** Why a job that has ended failed, also where it did so before it began. */
    Optional<Throwable> end(JobID job) {
        return known(flink.requestJobResult(job))
                .flatMap(JobResult::getSerializedThrowable)
                .map(failure -> failure);
    }

    Collection<Metric> jobMetrics(JobID job, List<String> names) {
        JobMetricsMessageParameters parameters = new JobMetricsMessageParameters();
        path(parameters, job, null);
        parameters.metricsFilterParameter.resolve(names);
        return known(flink.sendRequest(JobMetricsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
                .map(found -> found.getMetrics())
                .orElse(List.of());
    }

    /** Metrics of a vertex over its subtasks; their names only where none are asked for. */
    Collection<AggregatedMetric> vertexMetrics(JobID job, JobVertexID vertex, List<String> names) {
        AggregatedSubtaskMetricsParameters parameters = new AggregatedSubtaskMetricsParameters();
        path(parameters, job, vertex);
        for (MessageQueryParameter<?> query : parameters.getQueryParameters()) {
            if (query instanceof MetricsFilterParameter filter && !names.isEmpty()) {
                filter.resolve(names);
            }
        }
        return known(flink.sendRequest(
                        AggregatedSubtaskMetricsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
                .map(found -> found.getMetrics())
                .orElse(List.of());
    }

    int freeSlots() {
        return await(flink.getClusterOverview(), requestTime).getNumSlotsAvailable();
    }

    void cancel(JobID job) {
        known(flink.cancel(job));
    }

    String savepoint(JobID job, String folder) {
        return await(flink.triggerSavepoint(job, folder, SavepointFormatType.CANONICAL), savepointTime);
    }

    String stop(JobID job, String folder) {
        return await(flink.stopWithSavepoint(job, false, folder, SavepointFormatType.CANONICAL), savepointTime);
    }

    void require(JobID job, JobResourceRequirements requirements) {
        await(flink.updateJobResourceRequirements(job, requirements), requestTime);
    }

    private static void path(MessageParameters parameters, JobID job, @Nullable JobVertexID vertex) {
        for (MessagePathParameter<?> part : parameters.getPathParameters()) {
            if (part instanceof JobIDPathParameter id) {
                id.resolve(job);
            } else if (part instanceof JobVertexIdPathParameter id && vertex != null) {
                id.resolve(vertex);
            }
        }
    }

    private <T> Optional<T> known(CompletableFuture<T> answer) {
        try {
            return Optional.of(await(answer, requestTime));
        } catch (JobException e) {
            if (e.getCause() instanceof RestClientException rest
                    && rest.getHttpResponseStatus().code() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T await(CompletableFuture<T> answer, Duration time) {
        try {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while Flink was asked", e);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new JobException("Flink did not answer in " + time.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            Throwable cause = Failures.unwrap(e);
            throw new JobException(Failures.line(cause), cause);
        }
    }

    @Override
    public void close() {
        flink.close();
    }
}
