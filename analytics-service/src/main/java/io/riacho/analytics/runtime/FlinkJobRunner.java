package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobGraph;
import io.riacho.analytics.job.JobMetrics;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs on a Flink cluster, embedded or remote. A run is sent to Flink under an id that follows from its name and the number of the
 * attempt, so that Flink itself refuses a second one; where the run has completed a checkpoint already, it goes on from that, whatever it
 * began with.
 */
final class FlinkJobRunner implements JobRunner, AutoCloseable {

    private static final int JOB_ID_BYTES = 16;
    private static final int START_LOCKS = 64;
    private static final int PLANNED_AT_A_TIME = 2;
    private static final Duration POLL = Duration.ofMillis(50);

    private final FlinkProperties properties;
    private final FlinkCluster cluster;
    private final RunFolders folders;
    private final Planner planner;
    private final JobBounds bounds;
    /** A run is asked for and given to Flink by one thread at a time. */
    private final Object[] startLocks =
            Stream.generate(Object::new).limit(START_LOCKS).toArray();

    private final Object clientLock = new Object();
    private @Nullable Configuration connected;
    private @Nullable FlinkClient client;

    FlinkJobRunner(FlinkProperties properties, FlinkCluster cluster, RunFolders folders, Planner planner) {
        this.properties = properties;
        this.cluster = cluster;
        this.folders = folders;
        this.planner = planner;
        this.bounds = new JobBounds(properties.maxState());
        cluster.whenExhausted(this::exhausted);
    }

    /** Ended at once: whoever leads the application looks now and then only. */
    private void exhausted(JobID job, String how) {
        bounds.exceeded(job, how);
        running().ifPresent(flink -> flink.cancel(job));
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
        RunFolders.checkRun(job.run());
        CodeLimits.check(job);
        if (job.parallelism() < 1 || job.parallelism() > properties.maxParallelism()) {
            throw new CodeException(
                    "Parallelism is " + job.parallelism() + ", and can be up to " + properties.maxParallelism(), 0, 0);
        }
        synchronized (startLocks[Math.floorMod(job.run().hashCode(), startLocks.length)]) {
            return startOnce(job, restoreFrom, allowNonRestoredState);
        }
    }

    private String startOnce(JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        Configuration connection = cluster.connect();
        FlinkClient flink = client(connection);
        int attempt = Math.max(1, folders.lastAttempt(job.run()));
        while (true) {
            JobID id = id(job.run(), attempt);
            Optional<JobDetailsInfo> known = flink.details(id);
            if (known.isPresent() && !known.get().getJobStatus().isGloballyTerminalState()) {
                return id.toHexString();
            }
            if (known.isEmpty() && !folders.hasCompleted(job.run(), attempt)) {
                Configuration configuration =
                        JobSettings.forStart(job, id, folders.attempt(job.run(), attempt), connection);
                cluster.prepare(configuration, id);
                String from = state(job.run(), restoreFrom);
                if (from != null) {
                    if (!folders.isComplete(from)) {
                        throw new JobException(
                                "There is no complete checkpoint or savepoint at " + from,
                                new IllegalStateException("no state"));
                    }
                    JobSettings.restore(configuration, from, allowNonRestoredState);
                }
                if (submit(job, configuration, flink, attempt)) {
                    await(flink, id);
                    return id.toHexString();
                }
            }
            attempt++;
        }
    }

    private @Nullable String state(String run, @Nullable String restoreFrom) {
        if (restoreFrom != null && folders.belongsTo(run, restoreFrom)) {
            return restoreFrom;
        }
        return folders.newest(run).orElse(restoreFrom);
    }

    /** Whether the cluster took it; false where it had one of this id before. */
    private boolean submit(JobSpecification job, Configuration configuration, FlinkClient flink, int attempt) {
        StreamGraph graph = planner.plan(
                job.application(), () -> new ApplicationCode(job, configuration, properties.rules()).plan());
        if (properties.url() == null && flink.freeSlots() < job.parallelism()) {
            throw new JobException(
                    "The jobs that run leave no place for " + job.parallelism() + " more parallel subtasks",
                    new IllegalStateException("no free slots"));
        }
        folders.make(folders.attempt(job.run(), attempt));
        try {
            flink.submit(graph, configuration);
            return true;
        } catch (JobException e) {
            if (isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isDuplicate(JobException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("DuplicateJobSubmissionException")) {
                return true;
            }
        }
        return false;
    }

    /** Until Flink has made what it needs for the job, for which it reads the state to begin from. */
    private void await(FlinkClient flink, JobID id) {
        long end = System.nanoTime() + properties.requestTime().toNanos();
        while (System.nanoTime() < end) {
            Optional<JobDetailsInfo> details = flink.details(id);
            if (details.isPresent()) {
                switch (details.get().getJobStatus()) {
                    case INITIALIZING -> {}
                    case FAILED -> {
                        String failure = new JobStatuses(flink).failure(id, true);
                        throw new JobException(String.valueOf(failure), new IllegalStateException("failed"));
                    }
                    default -> {
                        return;
                    }
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while waiting for a job", e);
        }
    }

    @Override
    public JobStatus status(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        return bounds.bounded(
                id,
                running()
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
        awaitEnd(flink, id);
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
        running().ifPresent(flink -> {
            if (!isEnded(flink, id)) {
                flink.cancel(id);
                awaitEnd(flink, id);
            }
        });
        bounds.forget(id);
    }

    private static boolean isEnded(FlinkClient flink, JobID id) {
        return flink.details(id)
                .map(details -> details.getJobStatus().isGloballyTerminalState())
                .orElse(true);
    }

    private void awaitEnd(FlinkClient flink, JobID id) {
        long end = System.nanoTime() + properties.requestTime().toNanos();
        while (!isEnded(flink, id)) {
            if (System.nanoTime() > end) {
                throw new JobException(
                        "The job does not end", new IllegalStateException("after " + properties.requestTime()));
            }
            pause();
        }
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
        JobMetrics metrics =
                running().map(flink -> new JobMetricsReader(flink).read(id)).orElseGet(() -> new JobMetrics(Map.of()));
        bounds.measured(id, metrics.values().get(JobMetricsReader.STATE_SIZE));
        return metrics;
    }

    @Override
    public JobGraph graph(String jobId) {
        JobID id = JobID.fromHexString(jobId);
        return running().map(flink -> new JobGraphReader(flink).read(id)).orElseGet(() -> new JobGraph(List.of()));
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
        return running().orElseThrow(() -> unknown(jobId));
    }

    private static JobException unknown(String jobId) {
        return new JobException("There is no job " + jobId, new IllegalStateException("unknown"));
    }

    private Optional<FlinkClient> running() {
        return cluster.running().map(this::client);
    }

    private FlinkClient client(Configuration connection) {
        synchronized (clientLock) {
            FlinkClient current = client;
            if (current == null || connection != connected) {
                if (current != null) {
                    current.close();
                }
                current = new FlinkClient(connection, properties.requestTime(), properties.savepointTime());
                client = current;
                connected = connection;
            }
            return current;
        }
    }

    static JobID id(String run, int attempt) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((run + "#" + attempt).getBytes(StandardCharsets.UTF_8));
            return JobID.fromByteArray(Arrays.copyOf(digest, JOB_ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        synchronized (clientLock) {
            if (client != null) {
                client.close();
                client = null;
            }
        }
        cluster.close();
    }
}
