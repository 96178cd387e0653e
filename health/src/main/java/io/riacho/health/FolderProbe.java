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
            boolean full =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no space left");
            return Optional.of(full ? "the disk is full" : "the folder cannot be written");
        }
    }
}
