package io.riacho.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a folder takes files: it is there, there is room, and its file system is not read-only. */
public final class FolderProbe implements Probe {

    private static final Logger log = LoggerFactory.getLogger(FolderProbe.class);
    private static final String NAME = ".health";
    private static final int BYTES = 4096;

    private final Path file;

    public FolderProbe(Path folder) {
        this.file = folder.resolve(NAME);
    }

    @Override
    public Optional<String> fault() {
        try {
            Files.write(file, new byte[BYTES]);
            Files.delete(file);
            return Optional.empty();
        } catch (IOException e) {
            log.debug("{} cannot be written", file, e);
            return Optional.of(faultOf(e));
        }
    }

    /**
     * The JDK has no exception of its own for a full disk or quota, only the system's text. The log engine tells them in
     * the same way; neither of the two modules may depend on another one.
     */
    static String faultOf(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left") || message.contains("quota exceeded");
        return full ? "the disk is full" : "the folder cannot be written";
    }
}
