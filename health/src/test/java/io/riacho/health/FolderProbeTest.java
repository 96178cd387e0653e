package io.riacho.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
    void aDiskThatIsFullIsNamed() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("Linux's device that never has room").exists();
        // What is written goes to the device, and the system says why it cannot be.
        Path link = Files.createSymbolicLink(folder.resolve(".health"), full);
        assertThat(new FolderProbe(folder).fault()).hasValue("the disk is full");
        Files.delete(link);
    }

    /** With the exceptions that the JDK makes of the system's error, in opening a file and in writing to it. */
    @Test
    void aQuotaThatIsUsedUpIsAFullDisk() {
        assertThat(FolderProbe.faultOf(new FileSystemException("/data/.health", null, "Disk quota exceeded")))
                .isEqualTo("the disk is full");
        assertThat(FolderProbe.faultOf(new IOException("Disk quota exceeded"))).isEqualTo("the disk is full");
    }

    @Test
    void otherFailuresAreNotTakenForAFullDisk() {
        assertThat(FolderProbe.faultOf(new AccessDeniedException("/data/.health")))
                .isEqualTo("the folder cannot be written");
        assertThat(FolderProbe.faultOf(new IOException())).isEqualTo("the folder cannot be written");
    }
}
