package io.riacho.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogProbeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aLogWhoseFolderTakesFilesHasNoFaultUntilItIsClosed() {
        EmbeddedShardLog log = open();
        LogProbe probe = new LogProbe(log, folder);
        assertThat(probe.fault()).isEmpty();
        log.close();
        assertThat(probe.fault()).hasValue("is closed");
    }

    @Test
    void aFolderThatTakesNoFilesIsAFaultWhateverTheLogKnows() {
        try (EmbeddedShardLog log = open()) {
            assertThat(new LogProbe(log, folder.resolve("gone")).fault()).hasValue("the folder cannot be written");
        }
    }

    private EmbeddedShardLog open() {
        return EmbeddedShardLog.open(LogSettings.in(folder)
                .journalFileBytes(1 << 20)
                .bufferBytes(4 << 20)
                .build());
    }
}
