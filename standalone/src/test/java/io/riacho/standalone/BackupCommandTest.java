package io.riacho.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and what is left behind by what fails. */
class BackupCommandTest {

    private static final int REFUSED = 2;
    private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/riacho";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private Path data;
    private Path backup;

    @BeforeEach
    void nameTheDataFolder() {
        data = folder.resolve("data");
        backup = folder.resolve("backup");
        System.setProperty("riacho.data", data.toString());
    }

    @AfterEach
    void forgetIt() {
        System.clearProperty("riacho.data");
        System.clearProperty("spring.datasource.url");
    }

    private int run(String... arguments) {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        return new BackupCommand(out, out).run(arguments);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aBackupThatFailsIsNotComplete() throws IOException {
        Files.createDirectories(data.resolve("streams"));
        System.setProperty("spring.datasource.url", NOBODY);

        assertThat(run("backup", backup.toString(), "--without-database")).isEqualTo(1);

        assertThat(told()).contains("of no use");
        assertThat(backup.resolve("complete")).doesNotExist();
    }

    @Test
    void nothingIsRestoredOfABackupThatIsNotComplete() throws IOException {
        Files.createDirectories(backup.resolve("data/streams"));

        assertThat(run("restore", backup.toString())).isEqualTo(REFUSED);

        assertThat(told()).contains("no complete backup");
        assertThat(data).doesNotExist();
    }

    @Test
    void aFolderThatHasDataIsNotRestoredOver() throws IOException {
        Files.createDirectories(backup.resolve("data/streams"));
        Files.writeString(backup.resolve("complete"), "");
        Files.createDirectory(data);
        Files.writeString(data.resolve("precious"), "data");

        assertThat(run("restore", backup.toString())).isEqualTo(REFUSED);

        assertThat(told()).contains("not empty");
        assertThat(data.resolve("streams")).doesNotExist();
    }

    @Test
    void aBackupDoesNotLieInWhatIsSavedNorOverSomethingElse() throws IOException {
        Files.createDirectories(data);
        System.setProperty("spring.datasource.url", NOBODY);
        assertThat(run("backup", data.resolve("saved").toString(), "--without-database"))
                .isEqualTo(REFUSED);
        Files.createDirectory(backup);
        Files.writeString(backup.resolve("precious"), "data");
        assertThat(run("backup", backup.toString(), "--without-database")).isEqualTo(REFUSED);

        assertThat(data).isEmptyDirectory();
        assertThat(told()).contains("cannot lie in the data folder", "not empty");
    }

    @Test
    void aDatabaseThatIsSomewhereElseIsNotForgotten() throws IOException {
        Files.createDirectories(data);
        System.setProperty("spring.datasource.url", NOBODY);

        assertThat(run("backup", backup.toString())).isEqualTo(REFUSED);

        assertThat(told()).contains("Save it first");
        assertThat(backup).doesNotExist();
    }
}
