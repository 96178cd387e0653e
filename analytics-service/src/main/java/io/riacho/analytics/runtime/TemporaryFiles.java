package io.riacho.analytics.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Flink unpacks and spills, in a folder of this process. A process that is killed leaves about 70 MB of unpacked jars and what
 * RocksDB had open; the next one removes that.
 */
final class TemporaryFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
    private static final String SYSTEM_FOLDER = "java.io.tmpdir";

    private final Path folder;
    private final Path own;

    /** @param analytics the folder of Analytics, which belongs to this process alone */
    TemporaryFiles(Path analytics) {
        this.folder = analytics.toAbsolutePath().normalize().resolve("tmp");
        this.own = folder.resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /** Removes what other processes left. To be called before anything of Flink is used. */
    void prepare() {
        try {
            Files.createDirectories(folder);
            for (Path left : list(folder)) {
                if (!left.equals(own)) {
                    remove(left);
                }
            }
            Files.createDirectories(own);
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unpackIn(own);
    }

    /** For one life of a cluster. */
    Path newFolder() {
        try {
            return Files.createTempDirectory(own, "cluster-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path path) {
        try {
            FileUtils.deleteFileOrDirectory(path.toFile());
        } catch (IOException e) {
            LOG.warn("Could not remove {}: {}", path, e.toString());
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /**
     * Flink unpacks its planner and its RPC system into the folder that this option has by default, which is the system's at the time the
     * class of the option is loaded, whatever a cluster's configuration says.
     */
    private static synchronized void unpackIn(Path own) {
        String before = System.getProperty(SYSTEM_FOLDER);
        System.setProperty(SYSTEM_FOLDER, own.toString());
        try {
            String loaded = CoreOptions.TMP_DIRS.defaultValue();
            LOG.debug("Flink unpacks itself in {}", loaded);
        } finally {
            System.setProperty(SYSTEM_FOLDER, before);
        }
    }
}
