package io.riacho.analytics.runtime;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;

/** A session cluster that somebody else runs. */
final class RemoteCluster implements FlinkCluster {

    private final Configuration connection = new Configuration();

    RemoteCluster(FlinkProperties properties) {
        URI url = java.util.Objects.requireNonNull(properties.url());
        boolean isHttps = "https".equals(url.getScheme());
        if (url.getHost() == null || !(isHttps || "http".equals(url.getScheme()))) {
            throw new IllegalArgumentException("riacho.analytics.flink.url has to be an http or https URL: " + url);
        }
        int standardPort = isHttps ? 443 : 80;
        connection.set(RestOptions.ADDRESS, url.getHost());
        connection.set(RestOptions.PORT, url.getPort() < 0 ? standardPort : url.getPort());
        connection.set(SecurityOptions.SSL_REST_ENABLED, isHttps);
        if (!url.getPath().isEmpty() && !url.getPath().equals("/")) {
            connection.set(RestOptions.PATH, url.getPath());
        }
        connection.set(PipelineOptions.JARS, jars(properties.jars()));
        RestLimits.set(connection);
    }

    private static List<String> jars(List<Path> jars) {
        for (Path jar : jars) {
            if (!Files.isReadable(jar)) {
                throw new IllegalArgumentException("riacho.analytics.flink.jars names what cannot be read: " + jar);
            }
        }
        return jars.stream().map(jar -> jar.toAbsolutePath().toUri().toString()).toList();
    }

    @Override
    public Configuration connect() {
        return connection;
    }

    @Override
    public Optional<Configuration> running() {
        return Optional.of(connection);
    }

    @Override
    public void prepare(Configuration job, JobID id) {
        // All jobs have the same jars.
    }

    @Override
    public void whenExhausted(BiConsumer<JobID, String> told) {
        // Its memory is for who runs it to look after.
    }

    @Override
    public void close() {
        // Its jobs go on: that they do is why there is a cluster apart.
    }
}
