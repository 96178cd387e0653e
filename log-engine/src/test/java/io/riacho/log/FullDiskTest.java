package io.riacho.log;

import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real small file system, which only root may mount; skipped for others. */
class FullDiskTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.toString()) == 0;
        assumeThat(mounted).as("a tmpfs can be mounted here").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", folder.toString());
        }
    }

    private static int run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private EmbeddedShardLog open() {
        return EmbeddedShardLog.open(TestLogs.small(folder)
                .journalFileBytes(2 << 20)
                .segmentBytes(1 << 20)
                .segmentAge(Duration.ofHours(1))
                .build());
    }

    private static @Nullable Throwable appendUntilItFails(ShardLog log, int atMost) {
        for (int i = 0; i < atMost; i++) {
            try {
                put(log, 1, "x".repeat(100_000));
            } catch (CompletionException e) {
                return e.getCause();
            }
        }
        return null;
    }

    @Test
    void anAppendToAFullDiskFailsAndTheLogWorksAgainWhenThereIsRoom() throws IOException {
        Path filler = folder.resolve("filler");
        try (EmbeddedShardLog log = open()) {
            put(log, 1, "first");
            Files.write(filler, new byte[8 << 20]);

            assertThat(appendUntilItFails(log, 1000)).isInstanceOf(LogFullException.class);
            long end = log.endOffset(1);
            assertThat(end).isGreaterThan(10);
            assertThat(readAll(log, 1, 0)).hasSize((int) end);
            assertThat(log.isWritable()).isFalse();

            Files.delete(filler);
            while (!log.isWritable()) {
                log.flush();
            }
            assertThat(appendUntilItFails(log, 20)).isNull();
            assertThat(readAll(log, 1, 0)).hasSize((int) end + 20);
        }
        try (EmbeddedShardLog log = open()) {
            assertThat(readAll(log, 1, 0)).hasSize((int) log.endOffset(1));
        }
    }

    @Test
    void droppingOldRecordsMakesRoomOnAFullDisk() {
        try (EmbeddedShardLog log = open()) {
            assertThat(appendUntilItFails(log, 1000)).isInstanceOf(LogFullException.class);
            long end = log.endOffset(1);

            log.dropBefore(1, System.currentTimeMillis() + 1);
            while (!log.isWritable()) {
                log.flush();
            }

            assertThat(appendUntilItFails(log, 20)).isNull();
            assertThat(log.endOffset(1)).isEqualTo(end + 20);
            assertThat(readAll(log, 1, end)).hasSize(20);
        }
    }

    @Test
    void aLogThatWasFilledOpensAgain() {
        long end;
        try (EmbeddedShardLog log = open()) {
            assertThat(appendUntilItFails(log, 1000)).isInstanceOf(LogFullException.class);
            end = log.endOffset(1);
        }

        try (EmbeddedShardLog log = open()) {
            assertThat(log.endOffset(1)).isEqualTo(end);
            assertThat(readAll(log, 1, 0)).hasSize((int) end);
        }
    }
}
