package io.riacho.flink.source;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.jspecify.annotations.Nullable;

/** A Flink cluster in this process, which is asked as a remote one is. */
public final class TestCluster {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern SETTING = Pattern.compile("SET '(.*)' = '(.*)'", Pattern.DOTALL);

    private final MiniCluster cluster;
    private final Configuration address;
    private final RestClusterClient<String> client;
    private final Path folder = KinesisServer.newFolder();

    private TestCluster() {
        try {
            Configuration configuration = new Configuration();
            configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
            configuration.set(RestOptions.ADDRESS, "127.0.0.1");
            configuration.set(RestOptions.BIND_PORT, "0");
            configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 4);
            configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
            configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
            configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
            cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(2)
                    .setNumSlotsPerTaskManager(4)
                    .build());
            cluster.start();
            int port = cluster.getRestAddress().get().getPort();
            address = new Configuration();
            address.set(RestOptions.ADDRESS, "127.0.0.1");
            address.set(RestOptions.PORT, port);
            address.set(DeploymentOptions.TARGET, "remote");
            client = new RestClusterClient<>(address, "tests");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestCluster shared() {
        return Shared.CLUSTER;
    }

    /** Where state can be kept. */
    Path folder() {
        return folder;
    }

    /** Starts a job that checkpoints often and restarts at once. */
    public JobID start(int parallelism, @Nullable String savepoint, List<String> statements, String... inserts) {
        Configuration job = new Configuration(address);
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        job.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        job.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        if (savepoint != null) {
            job.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(job);
        environment.setParallelism(parallelism);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.getConfig().set("table.local-time-zone", "UTC");
        for (String statement : statements) {
            Matcher setting = SETTING.matcher(statement);
            if (setting.matches()) {
                // What a SQL client does with it.
                tables.getConfig().set(setting.group(1), setting.group(2));
            } else {
                tables.executeSql(statement);
            }
        }
        StatementSet set = tables.createStatementSet();
        for (String insert : inserts) {
            set.addInsertSql(insert);
        }
        return set.execute().getJobClient().orElseThrow().getJobID();
    }

    public JobStatus status(JobID job) {
        try {
            return client.getJobStatus(job).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void awaitRunning(JobID job) {
        await().atMost(PATIENCE).until(() -> status(job) == JobStatus.RUNNING);
    }

    /** How the job failed for good. */
    public String awaitFailure(JobID job) {
        await().atMost(PATIENCE).until(() -> status(job) == JobStatus.FAILED);
        try {
            return client.requestJobResult(job)
                    .get()
                    .getSerializedThrowable()
                    .map(org.apache.flink.util.SerializedThrowable::getFullStringifiedStackTrace)
                    .orElse("");
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What went wrong with the job so far. */
    public String failures(JobID job) {
        try {
            ErrorInfo failure = cluster.getExecutionGraph(job).get().getFailureInfo();
            return failure == null ? "" : failure.getException().getFullStringifiedStackTrace();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the job with a savepoint, whose path is the answer. */
    String stop(JobID job) {
        try {
            return client.stopWithSavepoint(job, false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void cancel(JobID job) {
        try {
            if (!status(job).isGloballyTerminalState()) {
                client.cancel(job).get();
                await().atMost(PATIENCE).until(() -> status(job).isGloballyTerminalState());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends a TaskManager with all it runs, and starts another one. */
    void loseTaskManager() {
        try {
            cluster.terminateTaskManager(0).get();
            cluster.startTaskManager();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    MiniCluster cluster() {
        return cluster;
    }

    private static final class Shared {
        static final TestCluster CLUSTER = new TestCluster();
    }
}
