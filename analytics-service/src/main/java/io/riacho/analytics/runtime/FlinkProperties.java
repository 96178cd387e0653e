package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of Flink. Memory, slots and the state backend are the embedded cluster's; a remote one has its own.
 *
 * @param url of the REST API of a remote session cluster; an embedded cluster where it is not given
 * @param jars that a remote cluster has to load for jobs: {@code analytics-flink} with its dependencies
 * @param checkpoints where checkpoints and savepoints lie, a folder that all of a cluster sees; in the folder of Analytics where it is
 *     not given
 * @param slots how many parallel subtasks all jobs may have together; eight for each core, 16 at least, where it is 0
 * @param maxParallelism of a job; the number of cores (embedded) or 32 (remote), where it is 0
 * @param managedMemory what sorts and buffers of windows may take, of all jobs together; taken as it is needed
 * @param networkMemory for records between tasks, of all jobs together; taken when the cluster starts
 * @param stateBackend {@code rocksdb}, which keeps state on disk with bounded memory, or {@code hashmap}, on Java's heap
 * @param stateMemory that RocksDB has for the state of all jobs together, taken as it is needed
 * @param maxState of one job, on disk; a job that has more is stopped
 * @param connectors that applications may use; {@link CodeRules#CONNECTORS} where they are not given; Flink's {@code datagen} can fill the heap, {@code print} the log, and
 *     {@code filesystem} reads what the server may read
 * @param plannerTime after which a statement that is still being planned is given up
 * @param requestTime after which a question to the cluster is given up
 * @param savepointTime after which a savepoint is given up
 */
@ConfigurationProperties("riacho.analytics.flink")
record FlinkProperties(
        @Nullable URI url,
        @DefaultValue List<Path> jars,
        @Nullable URI checkpoints,
        @DefaultValue("0") int slots,
        @DefaultValue("0") int maxParallelism,
        @DefaultValue("256MB") DataSize managedMemory,
        @DefaultValue("64MB") DataSize networkMemory,
        @DefaultValue(ROCKSDB) String stateBackend,
        @DefaultValue("256MB") DataSize stateMemory,
        @DefaultValue("10GB") DataSize maxState,
        @Nullable Set<String> connectors,

        @DefaultValue("30s") Duration plannerTime,
        @DefaultValue("30s") Duration requestTime,
        @DefaultValue("10m") Duration savepointTime) {

    static final String ROCKSDB = "rocksdb";

    private static final int LEAST_SLOTS = 16;
    private static final int SLOTS_A_CORE = 8;
    private static final int REMOTE_PARALLELISM = 32;

    FlinkProperties {
        if (slots < 0 || maxParallelism < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.analytics.flink.slots", slots, "It cannot be negative.");
        }
        if (!stateBackend.equals(ROCKSDB) && !stateBackend.equals("hashmap")) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.analytics.flink.state-backend", stateBackend, "It has to be rocksdb or hashmap.");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        slots = slots == 0 ? Math.max(LEAST_SLOTS, SLOTS_A_CORE * cores) : slots;
        int most = url == null ? Math.min(cores, slots) : REMOTE_PARALLELISM;
        maxParallelism = maxParallelism == 0 ? most : maxParallelism;
        jars = List.copyOf(jars);
    }

    /** What code may name. */
    CodeRules rules() {
        return new CodeRules(connectors == null ? CodeRules.CONNECTORS : connectors);
    }
}
