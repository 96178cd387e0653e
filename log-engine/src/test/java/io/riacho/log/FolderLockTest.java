package io.riacho.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, one log. */
class FolderLockTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A second process: opens the log, and prints why it could not. */
    static final class SecondProcess {
        public static void main(String[] args) {
            try (EmbeddedShardLog log =
                    EmbeddedShardLog.open(TestLogs.small(Path.of(args[0])).build())) {
                System.out.println("opened " + log.isWritable());
            } catch (LogFailedException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String inAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecondProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void aFolderThatAnotherProcessUsesIsRefused() throws Exception {
        EmbeddedShardLog log = EmbeddedShardLog.open(TestLogs.small(folder).build());
        assertThat(inAnotherProcess()).contains("in use by another server").contains(folder.toString());
        log.close();

        assertThat(inAnotherProcess()).startsWith("opened true");
    }

    @Test
    void aFolderThatThisProcessUsesIsRefused() {
        EmbeddedShardLog log = EmbeddedShardLog.open(TestLogs.small(folder).build());
        assertThatThrownBy(() -> EmbeddedShardLog.open(TestLogs.small(folder).build()))
                .isInstanceOf(LogFailedException.class)
                .hasMessageContaining("in use");
        log.close();

        EmbeddedShardLog.open(TestLogs.small(folder).build()).close();
    }
}
