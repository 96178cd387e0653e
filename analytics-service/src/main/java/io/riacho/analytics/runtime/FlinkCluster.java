package io.riacho.analytics.runtime;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;

/** A Flink cluster that takes jobs. Safe for use by many threads. */
sealed interface FlinkCluster extends AutoCloseable permits EmbeddedCluster, RemoteCluster {

    /** How to reach the cluster, and what a job that is sent there has to say; starts the cluster where it is ours and does not run. */
    Configuration connect();

    /** As {@link #connect}, and empty where the cluster does not run, so that there are no jobs either. */
    Optional<Configuration> running();

    /** What one job has to say besides. */
    void prepare(Configuration job, JobID id);

    /** @param told of jobs that take too much of the cluster, and how */
    void whenExhausted(BiConsumer<JobID, String> told);

    @Override
    void close();
}
