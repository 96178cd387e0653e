package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobGraph;
import io.riacho.analytics.job.JobMetrics;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.jspecify.annotations.Nullable;

/** Runs jobs on a Flink cluster, embedded or remote. */
final class FlinkJobRunner implements JobRunner, AutoCloseable {

    private static final int PLANNED_AT_A_TIME = 2;

    private final FlinkProperties properties;
    private final FlinkCluster cluster;
    private final FlinkConnection connection;
    private final RunFolders folders;
    private final Planner planner;
    private final JobBounds bounds;
    private final JobWaits waits;
    private final JobStarter starter;

    FlinkJobRunner(FlinkProperties properties, FlinkCluster cluster, RunFolders folders, Planner planner) {
        this.properties = properties;
        this.cluster = cluster;
        this.folders = folders;
        this.planner = planner;
        this.bounds = new JobBounds(properties.maxState());
        this.connection = new FlinkConnection(cluster, properties);
        this.waits = new JobWaits(properties.requestTime());
        this.starter = new JobStarter(properties, cluster, connection, folders, planner, waits);
        cluster.whenExhausted(this::exhausted);
    }

    /** Ended at once: whoever leads the application looks now and then only. */
    private void exhausted(JobID job, String how) {
        bounds.exceeded(job, how);
        connection.running().ifPresent(flink -> flink.cancel(job));
    }

    /** @param folder of Analytics, which belongs to this process alone */
    static FlinkJobRunner create(FlinkProperties properties, Path folder) {
        URI state = properties.checkpoints() == null
                ? folder.toAbsolutePath().normalize().toUri()
                : properties.checkpoints();
        TemporaryFiles temporaryFiles = new TemporaryFiles(folder);
        temporaryFiles.prepare();
        return new FlinkJobRunner(
                properties,
                properties.url() == null
                        ? new EmbeddedCluster(properties, temporaryFiles)
                        : new RemoteCluster(properties),
                new RunFolders(new org.apache.flink.core.fs.Path(state)),
                new Planner(PLANNED_AT_A_TIME, properties.plannerTime()));
    }

    @Override
    public void check(JobSpecification job) {
        CodeLimits.check(job);
        planner.plan(
                job.application(),
                () -> new ApplicationCode(job, JobSettings.forPlanning(job), properties.rules()).plan());
    }

    @Override
    public String start(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        return starter.start(job, restoreFrom, allowNonRestoredState);
    }

    @Override
    public JobStatus status(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        return bounds.bounded(
                id,
                connection
                        .running()
                        .map(flink -> new JobStatuses(flink).status(id))
                        .orElseGet(() -> new JobStatus(JobStatus.State.UNKNOWN, null, 0)));
    }

    @Override
    public String snapshot(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        FlinkClient flink = cluster(jobId);
        return flink.savepoint(id, savepoints(run(flink, id)));
    }

    @Override
    public String stop(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        FlinkClient flink = cluster(jobId);
        String run = run(flink, id);
        String savepoint = flink.stop(id, savepoints(run));
        waits.awaitEnd(flink, id);
        // What the job leaves of its checkpoints is older than the savepoint.
        folders.deleteCheckpoints(run);
        return savepoint;
    }

    private static String run(FlinkClient flink, JobID id) {
        JobDetailsInfo details = flink.details(id).orElseThrow(() -> unknown(id.toHexString()));
        return JobSettings.run(details.getName());
    }

    private String savepoints(String run) {
        org.apache.flink.core.fs.Path folder = folders.savepoints(run);
        folders.make(folder);
        return folder.toString();
    }

    @Override
    public void cancel(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        connection.running().ifPresent(flink -> {
            if (!JobWaits.isEnded(flink, id)) {
                flink.cancel(id);
                waits.awaitEnd(flink, id);
            }
        });
        bounds.forget(id);
    }

    @Override
    public Optional<String> newestCheckpoint(String run) {
        return folders.newest(run);
    }

    @Override
    public void delete(String path) {
        folders.delete(path);
    }

    @Override
    public JobMetrics metrics(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        JobMetrics metrics = connection
                .running()
                .map(flink -> new JobMetricsReader(flink).read(id))
                .orElseGet(() -> new JobMetrics(Map.of()));
        bounds.measured(id, metrics.values().get(JobMetricsReader.STATE_SIZE));
        return metrics;
    }

    @Override
    public JobGraph graph(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        return connection
                .running()
                .map(flink -> new JobGraphReader(flink).read(id))
                .orElseGet(() -> new JobGraph(List.of()));
    }

    @Override
    public void rescale(String jobId, int parallelism) {
        if (parallelism < 1 || parallelism > properties.maxParallelism()) {
            throw new IllegalArgumentException("Parallelism can be from 1 to " + properties.maxParallelism());
        }
        JobID id = JobID.fromHexString(jobId);
        FlinkClient flink = cluster(jobId);
        JobDetailsInfo details = flink.details(id).orElseThrow(() -> unknown(jobId));
        JobResourceRequirements.Builder requirements = JobResourceRequirements.newBuilder();
        for (JobDetailsInfo.JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
            requirements.setParallelismForJobVertex(
                    vertex.getJobVertexID(), 1, Math.min(parallelism, vertex.getMaxParallelism()));
        }
        flink.require(id, requirements.build());
    }

    private FlinkClient cluster(String jobId) {
        return connection.running().orElseThrow(() -> unknown(jobId));
    }

    private static JobException unknown(String jobId) {
        return new JobException("There is no job " + jobId, new IllegalStateException("unknown"));
    }

    @Override
    public void close() {
        connection.close();
        cluster.close();
    }
}
