package io.riacho.streams.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCopyTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path from;
    private Path to;

    @BeforeEach
    void makeAFolder() throws IOException {
        from = Files.createDirectory(folder.resolve("from"));
        to = folder.resolve("to");
    }

    @Test
    void permissionsAreKept() throws IOException {
        Files.writeString(from.resolve("secret"), "secret");
        Files.setPosixFilePermissions(from.resolve("secret"), PosixFilePermissions.fromString("r--------"));
        Files.writeString(from.resolve("shared"), "whatever the umask is");
        Files.setPosixFilePermissions(from.resolve("shared"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Path inner = Files.createDirectory(from.resolve("inner"));
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));

        FolderCopy.ofAll().copy(from, to);

        assertThat(Files.getPosixFilePermissions(to.resolve("secret")))
                .isEqualTo(PosixFilePermissions.fromString("r--------"));
        assertThat(Files.getPosixFilePermissions(to.resolve("shared")))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(Files.getPosixFilePermissions(to.resolve("inner")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whatIsDeletedMeanwhileIsLeftOut() throws IOException {
        Files.writeString(from.resolve("file"), "file");
        Files.createDirectory(from.resolve("inner"));
        Files.writeString(from.resolve("kept"), "kept");

        new FolderCopy(path -> {
                    delete(path);
                    return true;
                })
                .copy(from, to);

        assertThat(to).isDirectoryContaining(path -> path.endsWith("kept"));
        assertThat(to.resolve("file")).doesNotExist();
        assertThat(to.resolve("inner")).doesNotExist();
    }

    private static void delete(Path path) {
        try {
            if (!path.endsWith("kept")) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void filesAreCopiedInTheOrderOfTheirNames() throws IOException {
        for (String name : List.of("c", "a", "d", "b")) {
            Files.writeString(from.resolve(name), name);
        }
        List<String> copied = new ArrayList<>();

        new FolderCopy(path -> copied.add(path.getFileName().toString())).copy(from, to);

        assertThat(copied).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aFileOfTheSameNameIsReplacedAndALinkStaysALink() throws IOException {
        Files.writeString(from.resolve("file"), "new");
        Files.createSymbolicLink(from.resolve("link"), Path.of("file"));
        Files.createDirectory(to);
        Files.writeString(to.resolve("file"), "old");

        FolderCopy.ofAll().copy(from, to);

        assertThat(to.resolve("file")).hasContent("new");
        assertThat(to.resolve("link")).isSymbolicLink().hasContent("new");
    }

    @Test
    void removingAFolderLeavesWhatItsLinksLeadTo() throws IOException {
        Files.createDirectory(to);
        Files.writeString(to.resolve("file"), "kept");
        Files.createSymbolicLink(from.resolve("link"), to);

        FolderCopy.remove(from);

        assertThat(from).doesNotExist();
        assertThat(to.resolve("file")).hasContent("kept");
    }
}
