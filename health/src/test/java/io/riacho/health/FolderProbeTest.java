package io.riacho.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderProbeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFolderThatTakesFilesHasNoFaultAndNothingIsLeftInIt() throws IOException {
        assertThat(new FolderProbe(folder).fault()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsGoneIsAFaultThatDoesNotTellItsPath() throws IOException {
        Path gone = folder.resolve("gone");
        FolderProbe probe = new FolderProbe(gone);
        assertThat(probe.fault()).hasValue("the folder cannot be written");
        Files.createDirectory(gone);
        assertThat(probe.fault()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsFullIsAFaultOfItsOwn() throws IOException {
        Files.createSymbolicLink(folder.resolve(".health"), Path.of("/dev/full"));
        assertThat(new FolderProbe(folder).fault()).hasValue("the disk is full");
    }
}
