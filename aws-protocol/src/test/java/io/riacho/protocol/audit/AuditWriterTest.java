package io.riacho.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files; a disk is full where the file is a link to {@code /dev/full}. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditWriterTest {

    private static final long FILE_BYTES = 10_000;
    private static final long TOTAL_BYTES = 50_000;

    @TempDir
    private Path temporary;

    private Path folder;
    private Path log;

    @BeforeEach
    void chooseFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("audit"));
        log = folder.resolve("audit.log");
    }

    @Test
    void whatWasTakenIsWrittenWhenItIsClosed() throws IOException {
        try (AuditWriter writer = new AuditWriter(file(), false)) {
            for (int i = 0; i < 3_000; i++) {
                writer.keep("line " + i % 10);
            }
        }
        assertThat(allLines()).hasSize(3_000);
    }

    @Test
    void moreLinesThanTheQueueHoldsAreAllKept() throws IOException {
        try (AuditWriter writer = new AuditWriter(new AuditFile(folder, 1 << 20, 1, 1 << 30), false)) {
            for (int i = 0; i < 20_000; i++) {
                writer.keep("line");
            }
        }
        assertThat(allLines()).hasSize(20_000);
    }

    @Test
    void filesAreOfBoundedSizeAndNumber() throws IOException {
        String line = "x".repeat(99);
        try (AuditWriter writer = new AuditWriter(file(), false)) {
            for (int i = 0; i < 3_000; i++) {
                writer.keep(line);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Long> sizes = files.map(file -> file.toFile().length()).toList();
            assertThat(sizes).hasSizeGreaterThan(2).allMatch(size -> size <= FILE_BYTES + 100);
            assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(TOTAL_BYTES + FILE_BYTES);
        }
    }

    @Test
    void theSizeOfAFileCountsFromBeforeARestart() throws IOException {
        Files.writeString(log, ("x".repeat(99) + "\n").repeat(95));
        try (AuditWriter writer = new AuditWriter(file(), false)) {
            for (int i = 0; i < 20; i++) {
                writer.keep("y".repeat(99));
            }
        }
        assertThat(Files.size(log)).isLessThan(FILE_BYTES);
    }

    @Test
    void aLineAfterATornOneStandsOnItsOwn() throws IOException {
        Files.writeString(log, "whole\nto");
        try (AuditWriter writer = new AuditWriter(file(), false)) {
            writer.keep("next");
        }
        assertThat(Files.readAllLines(log)).containsExactly("whole", "to", "next");
    }

    @Test
    void aFullDiskStopsNothingAndLinesAreWrittenOnceThereIsRoom() throws Exception {
        fillDisk();
        try (AuditWriter writer = new AuditWriter(file(), false)) {
            writer.requireReady();
            writer.keepSurely("first");
            writer.keepSurely("second");
            while (!writer.isFailing()) {
                Thread.sleep(1);
            }
            writer.requireReady();
            Files.delete(log);
            while (!Files.exists(log) || Files.readAllLines(log).size() < 2) {
                Thread.sleep(10);
            }
        }
        assertThat(Files.readAllLines(log)).containsExactly("first", "second");
    }

    @Test
    void linesThatFoundNoRoomAreCountedInTheLog() throws Exception {
        fillDisk();
        try (AuditWriter writer = new AuditWriter(file(), false)) {
            writer.keep("first");
            while (!writer.isFailing()) {
                Thread.sleep(1);
            }
            for (int i = 0; i < 5_000; i++) {
                writer.keep("more");
            }
            Files.delete(log);
        }
        assertThat(allLines()).anyMatch(line -> line.matches(".*\"lost\",\"count\":90[3-5]}"));
    }

    @Test
    void aChangeIsRefusedOnAFullDiskWhereItHasToBeAudited() throws Exception {
        fillDisk();
        try (AuditWriter writer = new AuditWriter(file(), true)) {
            assertThatExceptionOfType(AwsException.class)
                    .isThrownBy(() -> writer.keepSurely("change"))
                    .matches(error -> error.status() == 503);
            assertThatExceptionOfType(AwsException.class).isThrownBy(writer::requireReady);

            Files.delete(log);
            while (writer.isFailing()) {
                Thread.sleep(10);
            }
            writer.requireReady();
            writer.keepSurely("next");
            assertThat(Files.readAllLines(log)).containsExactly("change", "next");
        }
    }

    @Test
    void aServerThatHasToAuditDoesNotStartWhereItCannot() throws IOException {
        Files.delete(folder);
        Files.writeString(folder, "a file where the folder should be");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new AuditWriter(file(), true))
                .withMessageContaining("The audit log cannot be written");
    }

    private void fillDisk() throws IOException {
        Files.createSymbolicLink(log, Path.of("/dev/full"));
        try {
            // A file of an earlier day would be closed first.
            Files.setLastModifiedTime(log, FileTime.from(Instant.now()));
        } catch (IOException e) {
            assumeThat(e).as("/dev/full is not ours to touch").isNull();
        }
    }

    private AuditFile file() {
        return new AuditFile(folder, FILE_BYTES, 1, TOTAL_BYTES);
    }

    private List<String> allLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
