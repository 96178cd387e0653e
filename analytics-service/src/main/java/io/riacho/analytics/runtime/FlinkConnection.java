package io.riacho.analytics.runtime;

import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** The client of a cluster: one at a time, and another one once the cluster is reached in another way. Safe for use by many threads. */
final class FlinkConnection implements AutoCloseable {

    private final FlinkCluster cluster;
    private final FlinkProperties properties;
    private @Nullable Configuration connected;
    private @Nullable FlinkClient client;

    FlinkConnection(FlinkCluster cluster, FlinkProperties properties) {
        this.cluster = cluster;
        this.properties = properties;
    }

    /** Empty where the cluster does not run, so that there are no jobs either. */
    Optional<FlinkClient> running() {
        return cluster.running().map(this::client);
    }

    /** @param connection how the cluster is reached now */
    synchronized FlinkClient client(Configuration connection) {
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

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
