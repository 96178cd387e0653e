package io.riacho.streams;

import io.riacho.health.FolderProbe;
import io.riacho.health.Probe;
import io.riacho.log.EmbeddedShardLog;
import java.nio.file.Path;
import java.util.Optional;

/** Whether records can be stored: as the log knows, and as a file that is written beside it shows. */
final class LogProbe implements Probe {

    private final EmbeddedShardLog shardLog;
    private final FolderProbe folder;

    LogProbe(EmbeddedShardLog shardLog, Path folder) {
        this.shardLog = shardLog;
        this.folder = new FolderProbe(folder);
    }

    @Override
    public Optional<String> fault() {
        return switch (shardLog.probe().join()) {
            case WRITABLE -> folder.fault();
            case NO_ROOM -> Optional.of("the disk is full");
            case FAILED -> Optional.of("the disk fails");
            case BROKEN -> Optional.of("failed, and has to be started again");
            case LOCK_LOST -> Optional.of("the lock of the folder is lost");
            case CLOSED -> Optional.of("is closed");
        };
    }
}
