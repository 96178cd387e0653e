package io.riacho.analytics.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The embedded Flink that the tests of a JVM share. */
final class EmbeddedFlink {

    static final Path FOLDER = newFolder();
    static final FlinkProperties PROPERTIES = properties(null, List.of());
    private static final EmbeddedCluster CLUSTER = newCluster(FOLDER);
    static final FlinkJobRunner RUNNER = new FlinkJobRunner(
            PROPERTIES,
            CLUSTER,
            new RunFolders(new org.apache.flink.core.fs.Path(FOLDER.toUri())),
            new Planner(2, PROPERTIES.plannerTime()));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            RUNNER.close();
            TemporaryFiles.remove(FOLDER);
        }));
    }

    private EmbeddedFlink() {}

    static EmbeddedCluster cluster() {
        return CLUSTER;
    }

    static EmbeddedCluster newCluster(Path folder) {
        TemporaryFiles temporaryFiles = new TemporaryFiles(folder);
        temporaryFiles.prepare();
        return new EmbeddedCluster(PROPERTIES, temporaryFiles);
    }

    /** Runs jobs on the same cluster, which may have so much state each; not to be closed. */
    static FlinkJobRunner withState(DataSize most) {
        return new FlinkJobRunner(
                properties(null, List.of(), most),
                CLUSTER,
                new RunFolders(new org.apache.flink.core.fs.Path(FOLDER.toUri())),
                new Planner(2, PROPERTIES.plannerTime()));
    }

    static FlinkProperties properties(@Nullable URI url, List<Path> jars) {
        return properties(url, jars, DataSize.ofGigabytes(1));
    }

    private static FlinkProperties properties(@Nullable URI url, List<Path> jars, DataSize mostState) {
        return new FlinkProperties(
                url,
                jars,
                null,
                16,
                2,
                DataSize.ofMegabytes(128),
                DataSize.ofMegabytes(32),
                "rocksdb",
                DataSize.ofMegabytes(64),
                mostState,
                Set.of("datagen", "blackhole", "filesystem"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("riacho-flink-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
