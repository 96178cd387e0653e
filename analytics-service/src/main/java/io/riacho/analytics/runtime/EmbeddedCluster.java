package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink in this process, started when a job needs it. It answers on a free port of 127.0.0.1, and only to who has the key that this
 * process made for it ({@link LoopbackIdentity}). Where it ends by itself, for which Flink has its fatal errors, the next job starts
 * another one.
 */
final class EmbeddedCluster implements FlinkCluster {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final long CLOSE_SECONDS = 20;

    private final FlinkProperties properties;
    private final TemporaryFiles temporaryFiles;
    private volatile BiConsumer<JobID, String> whenExhausted = (_, _) -> {};
    private @Nullable Running running;
    private boolean closed;

    private record Running(MiniCluster cluster, Configuration connection, Path folder, HeapGuard guard) {}

    EmbeddedCluster(FlinkProperties properties, TemporaryFiles temporaryFiles) {
        this.properties = properties;
        this.temporaryFiles = temporaryFiles;
    }

    @Override
    public synchronized Configuration connect() {
        if (closed) {
            throw new JobException("Analytics is shutting down", new IllegalStateException("closed"));
        }
        return running().orElseGet(this::start);
    }

    @Override
    public synchronized Optional<Configuration> running() {
        Running current = running;
        if (current == null) {
            return Optional.empty();
        }
        if (!current.cluster().isRunning()) {
            LOG.error("The embedded Flink cluster has ended. The next job starts another one.");
            stop(current);
            running = null;
            return Optional.empty();
        }
        return Optional.of(current.connection());
    }

    private Configuration start() {
        long begin = System.nanoTime();
        Path folder = temporaryFiles.newFolder();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(EmbeddedCluster.class.getClassLoader());
        try {
            LoopbackIdentity identity = LoopbackIdentity.make(folder.resolve("identity.p12"));
            MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(properties.slots())
                    .setRpcServiceSharing(RpcServiceSharing.SHARED)
                    .setConfiguration(configuration(folder, identity))
                    .build());
            cluster.start();
            URI rest = cluster.getRestAddress().get(CLOSE_SECONDS, TimeUnit.SECONDS);
            Configuration connection = connection(rest, identity);
            HeapGuard guard = new HeapGuard(HeapGuard.ofProcess(), (job, how) -> whenExhausted.accept(job, how));
            guard.start();
            running = new Running(cluster, connection, folder, guard);
            LOG.info("Started the embedded Flink in {} ms", (System.nanoTime() - begin) / 1_000_000);
            return connection;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new JobException("The embedded Flink could not be started", e);
        } catch (Exception | LinkageError e) {
            throw new JobException("The embedded Flink could not be started", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Configuration configuration(Path folder, LoopbackIdentity identity) {
        Configuration flink = new Configuration();
        identity.configure(flink);
        flink.set(RestOptions.ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_PORT, "0");
        flink.set(JobManagerOptions.ADDRESS, LOOPBACK);
        flink.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(TaskManagerOptions.HOST, LOOPBACK);
        flink.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(BlobServerOptions.STORAGE_DIRECTORY, folder.resolve("blobs").toString());
        flink.set(CoreOptions.TMP_DIRS, folder.toString());
        flink.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        // Flink would find what Firehose has of Hadoop, which is not enough to log in with.
        flink.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
        flink.set(SecurityOptions.SECURITY_MODULE_FACTORY_CLASSES, List.of());
        flink.set(SecurityOptions.SECURITY_CONTEXT_FACTORY_CLASSES, List.of());
        flink.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        // What is told of a job may be so old; by default it is three seconds, for which each start and stop would
        // wait.
        flink.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(100));
        flink.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        // A job that finds too few slots ends soon and says so; one whose parallelism is changed does not wait for the
        // next minute.
        flink.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_WAIT_TIMEOUT, Duration.ofSeconds(20));
        flink.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT, Duration.ofMillis(500));
        flink.set(JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING, Duration.ofSeconds(5));
        flink.set(JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT, Duration.ofSeconds(2));
        flink.set(JobManagerOptions.SCHEDULER_RESCALE_TRIGGER_MAX_DELAY, Duration.ofSeconds(30));
        flink.set(JobManagerOptions.JOB_STORE_MAX_CAPACITY, 200);
        flink.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(5));
        MemorySize network = new MemorySize(properties.networkMemory().toBytes());
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        flink.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                new MemorySize(properties.managedMemory().toBytes()));
        // One memory for the state of all jobs: a sixteenth of it for each slot would be too little for any of them.
        flink.set(
                RocksDBOptions.FIX_PER_TM_MEMORY_SIZE,
                new MemorySize(properties.stateMemory().toBytes()));
        flink.set(
                TaskManagerOptions.MANAGED_MEMORY_CONSUMER_WEIGHTS,
                Map.of(
                        TaskManagerOptions.MANAGED_MEMORY_CONSUMER_NAME_OPERATOR,
                        "100",
                        TaskManagerOptions.MANAGED_MEMORY_CONSUMER_NAME_STATE_BACKEND,
                        "1"));
        return flink;
    }

    private Configuration connection(URI rest, LoopbackIdentity identity) {
        Configuration connection = new Configuration();
        identity.configure(connection);
        connection.set(RestOptions.ADDRESS, rest.getHost());
        connection.set(RestOptions.PORT, rest.getPort());
        connection.set(StateBackendOptions.STATE_BACKEND, properties.stateBackend());
        // Rows go from operator to operator without a copy, unless state is the very objects that were put into it.
        connection.set(PipelineOptions.OBJECT_REUSE, properties.stateBackend().equals(FlinkProperties.ROCKSDB));
        // Or the memory of all, which is not managed, would not be used.
        connection.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
        // Each operator has several buffers for what it writes, and each takes an eighth of its size at once.
        connection.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, MemorySize.ofMebiBytes(16));
        RestLimits.set(connection);
        return connection;
    }

    /** A job without any place to load classes from does not find ours where they are in a jar of jars. */
    @Override
    public void prepare(Configuration job, JobID id) {
        job.set(PipelineOptions.CLASSPATHS, List.of(HeapGuard.classPath(id)));
    }

    @Override
    public void whenExhausted(BiConsumer<JobID, String> told) {
        whenExhausted = told;
    }

    /** Jobs end where they are; their checkpoints stay, and the next process goes on from them. */
    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            stop(running);
            running = null;
        }
    }

    /** As Flink ends by itself after what it calls fatal, for tests. */
    void end() throws Exception {
        MiniCluster cluster;
        synchronized (this) {
            cluster = java.util.Objects.requireNonNull(running).cluster();
        }
        cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private static void stop(Running running) {
        running.guard().close();
        try {
            running.cluster().closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The embedded Flink did not end in order: {}", e.toString());
        }
        TemporaryFiles.remove(running.folder());
    }
}
