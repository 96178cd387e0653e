package io.riacho.analytics.runtime;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Puts {@link DurableFileSystem} in the place of Flink's own local files. Flink finds it as a service. */
public final class DurableFileSystemFactory implements FileSystemFactory {

    @Override
    public String getScheme() {
        return "file";
    }

    /** Before Flink's own, which has 0. */
    @Override
    public int getPriority() {
        return 1;
    }

    @Override
    public FileSystem create(URI uri) {
        return new DurableFileSystem();
    }
}
