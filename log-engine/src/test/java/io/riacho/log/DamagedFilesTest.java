package io.riacho.log;

import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.readAll;
import static io.riacho.log.TestRecords.texts;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.TestRecords.Read;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on the disk is damaged, or of another time. */
class DamagedFilesTest {

    private static final long SHARD = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EmbeddedShardLog open(Path path) {
        return EmbeddedShardLog.open(
                TestLogs.small(path).journalFileBytes(128 << 10).build());
    }

    /** Leaves a folder as a killed process would: the log is never closed, its folder is copied. */
    private Path crashed(String name, EmbeddedShardLog log) {
        Path copy = folder.resolve(name);
        copy(logFolder(), copy);
        assertThat(log.isWritable()).isTrue();
        return copy;
    }

    private Path logFolder() {
        return folder.resolve("log");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path only(Path folder, String suffix) {
        List<Path> found = all(folder, suffix);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** The journal file that was written to; another one may wait as a spare. */
    private static Path journalOf(Path folder) {
        List<Path> used = all(folder, ".journal").stream()
                .filter(file -> content(file)[23] == 1)
                .toList();
        assertThat(used).hasSize(1);
        return used.getFirst();
    }

    private static List<Path> all(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void overwrite(Path file, long position, byte... bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path file, long position) {
        byte[] content = content(file);
        overwrite(file, position, (byte) (content[(int) position] ^ 0x10));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int find(byte[] in, String what) {
        return new String(in, ISO_8859_1).indexOf(what);
    }

    @Test
    void aTornLastWriteIsCutWhereverItIsTorn() {
        Path base;
        int start;
        int end;
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "first");
            start = (int) log.statistics().journalBytes();
            put(log, SHARD, "last", "one");
            end = (int) log.statistics().journalBytes();
            base = crashed("base", log);
        }
        byte[] zeros = new byte[end - start];
        for (int torn = start; torn < end; torn++) {
            Path copy = folder.resolve("torn-" + torn);
            copy(base, copy);
            byte[] whole = content(journalOf(copy));
            boolean allZeros = true;
            for (int i = torn; i < end; i++) {
                allZeros &= whole[i] == 0;
            }
            overwrite(journalOf(copy), torn, Arrays.copyOf(zeros, end - torn));
            try (EmbeddedShardLog log = open(copy)) {
                if (allZeros) {
                    assertThat(texts(log, SHARD)).containsExactly("first", "last", "one");
                    continue;
                }
                assertThat(texts(log, SHARD)).as("torn at %s", torn).containsExactly("first");
                assertThat(log.statistics().damagedPlaces()).isZero();
                put(log, SHARD, "next");
                assertThat(texts(log, SHARD)).containsExactly("first", "next");
            }
            try (EmbeddedShardLog log = open(copy)) {
                assertThat(texts(log, SHARD)).containsExactly("first", "next");
            }
        }
    }

    @Test
    void aGarbledLastWriteIsCutWhicheverByteIsWrong() {
        Path base;
        int start;
        int end;
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "first");
            start = (int) log.statistics().journalBytes();
            put(log, SHARD, "last", "one");
            end = (int) log.statistics().journalBytes();
            base = crashed("base", log);
        }
        for (int position = start; position < end; position++) {
            Path copy = folder.resolve("garbled-" + position);
            copy(base, copy);
            flip(journalOf(copy), position);
            try (EmbeddedShardLog log = open(copy)) {
                assertThat(texts(log, SHARD)).as("garbled at %s", position).containsExactly("first");
                put(log, SHARD, "next");
            }
            try (EmbeddedShardLog log = open(copy)) {
                assertThat(texts(log, SHARD)).containsExactly("first", "next");
            }
        }
    }

    @Test
    void aFlippedBitInTheMiddleOfTheJournalIsReportedAndOnlyItsCommitIsLost() {
        Path copy;
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            put(log, SHARD, "two");
            put(log, SHARD, "three");
            copy = crashed("copy", log);
        }
        Path journal = journalOf(copy);
        flip(journal, find(content(journal), "two"));

        try (EmbeddedShardLog log = open(copy)) {
            assertThat(readAll(log, SHARD, 0)).extracting(Read::offset).containsExactly(0L, 2L);
            assertThat(texts(log, SHARD)).containsExactly("one", "three");
            assertThat(log.statistics().damagedPlaces()).isEqualTo(1);
            log.flush();
            assertThat(texts(log, SHARD)).containsExactly("one", "three");
        }
    }

    @Test
    void anyFlippedBitInTheMiddleOfTheJournalLosesThatCommitAtMost() {
        Path base;
        int start;
        int end;
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            start = (int) log.statistics().journalBytes();
            put(log, SHARD, "two", "deux");
            end = (int) log.statistics().journalBytes();
            put(log, SHARD, "three");
            base = crashed("base", log);
        }
        for (int position = start; position < end; position++) {
            Path copy = folder.resolve("flipped-" + position);
            copy(base, copy);
            flip(journalOf(copy), position);
            try (EmbeddedShardLog log = open(copy)) {
                assertThat(log.endOffset(SHARD)).isEqualTo(4);
                assertThat(log.statistics().damagedPlaces())
                        .as("flipped at %s", position)
                        .isEqualTo(1);
                assertThat(texts(log, SHARD)).contains("one", "three").isSubsetOf("one", "two", "deux", "three");
            }
        }
    }

    @Test
    void aFlippedBitInTheJournalsHeaderLosesNothing() {
        Path base;
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            put(log, SHARD, "two");
            base = crashed("base", log);
        }
        for (int position = 0; position < 36; position++) {
            Path copy = folder.resolve("header-" + position);
            copy(base, copy);
            flip(journalOf(copy), position);
            if (position >= 8 && position < 12) {
                assertThatThrownBy(() -> open(copy)).hasMessageContaining("from a later release");
                continue;
            }
            try (EmbeddedShardLog log = open(copy)) {
                assertThat(texts(log, SHARD)).as("flipped at %s", position).containsExactly("one", "two");
                assertThat(log.statistics().damagedPlaces()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFlippedBitInTheMiddleOfASegmentIsReportedOnceAndOnlyItsBatchIsLost() {
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            put(log, SHARD, "two");
            put(log, SHARD, "three");
        }
        Path segment = only(logFolder(), ".segment");
        flip(segment, find(content(segment), "two"));

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(readAll(log, SHARD, 0)).extracting(Read::offset).containsExactly(0L, 2L);
            assertThat(texts(log, SHARD)).containsExactly("one", "three");
            assertThat(log.statistics().damagedPlaces()).isEqualTo(1);
        }
    }

    @Test
    void anyFlippedBitInASegmentLosesItsBatchAtMost() {
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            put(log, SHARD, "two", "deux");
            put(log, SHARD, "three");
        }
        int size = content(only(logFolder(), ".segment")).length;
        for (int position = SegmentFormat.HEADER_BYTES; position < size; position++) {
            Path copy = folder.resolve("flipped-" + position);
            copy(logFolder(), copy);
            flip(only(copy, ".segment"), position);
            try (EmbeddedShardLog log = open(copy)) {
                List<String> lost = new ArrayList<>(List.of("one", "two", "deux", "three"));
                lost.removeAll(texts(log, SHARD));
                assertThat(lost)
                        .as("flipped at %s", position)
                        .isIn(List.of("one"), List.of("two", "deux"), List.of("three"));
                assertThat(log.statistics().damagedPlaces()).isEqualTo(1);
                assertThat(log.endOffset(SHARD)).isEqualTo(4);
            }
        }
    }

    @Test
    void recordsThatLookLikeABatchAreNeverReadAsOne() {
        byte[] forged = new byte[4096];
        ByteBuffer buffer = ByteBuffer.wrap(forged);
        CRC32C crc = new CRC32C();
        for (int at = 0; at + 64 <= forged.length; at += 64) {
            buffer.putShort(at + BatchFormat.HEADER_BYTES, (short) 1);
            BatchFormat.begin(buffer, at, 64, SHARD, 1, 0, crc);
            BatchFormat.seal(buffer, at, 1, 0, 0, crc);
        }
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            for (int shift = 0; shift < 8; shift++) {
                Append append = new Append(1);
                append.add(SHARD, new byte[shift], forged, 0, forged.length);
                log.append(append).join();
            }
            put(log, SHARD, "last");
        }
        Path segment = only(logFolder(), ".segment");
        byte[] content = content(segment);
        for (int at = 0; at < content.length - 8; at += 8) {
            if (ByteBuffer.wrap(content).getLong(at + 8) == SHARD
                    && ByteBuffer.wrap(content).getInt(at) == BatchFormat.MAGIC
                    && ByteBuffer.wrap(content).getInt(at + 4) != 64
                    && ByteBuffer.wrap(content).getLong(at + 16) > 0
                    && ByteBuffer.wrap(content).getLong(at + 16) < 9) {
                overwrite(segment, at, (byte) 0);
            }
        }

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(texts(log, SHARD)).containsExactly("one", "last");
        }
    }

    @Test
    void aDeletedShardDoesNotComeBackThoughTheProcessIsKilledNext() {
        Path copy;
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
            log.flush();
            put(log, SHARD, "two");
            put(log, SHARD + 1, "kept");
            log.delete(SHARD);
            copy = crashed("copy", log);
        }
        try (EmbeddedShardLog log = open(copy)) {
            assertThat(log.endOffset(SHARD)).isZero();
            assertThat(texts(log, SHARD)).isEmpty();
            assertThat(texts(log, SHARD + 1)).containsExactly("kept");
        }
        assertThat(all(copy, ".segment")).hasSize(1);
    }

    @Test
    void aLostIndexIsMadeAgain() throws IOException {
        writeManySegments();
        for (Path index : all(logFolder(), ".index")) {
            Files.delete(index);
        }

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(readAll(log, SHARD, 100))
                    .extracting(Read::offset)
                    .startsWith(100L)
                    .hasSize(2900);
        }
        assertThat(all(logFolder(), ".index")).isNotEmpty();
    }

    @Test
    void aDamagedIndexIsMadeAgain() {
        writeManySegments();
        for (Path index : all(logFolder(), ".index")) {
            flip(index, content(index).length / 2);
        }

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(readAll(log, SHARD, 10))
                    .extracting(Read::offset)
                    .startsWith(10L)
                    .hasSize(2990);
        }
    }

    private void writeManySegments() {
        try (EmbeddedShardLog log = open(logFolder())) {
            for (int i = 0; i < 30; i++) {
                String[] data = new String[100];
                for (int d = 0; d < 100; d++) {
                    data[d] = "x".repeat(1000) + d;
                }
                put(log, SHARD, data);
            }
            log.flush();
        }
        assertThat(all(logFolder(), ".segment").size()).isGreaterThan(2);
        assertThat(all(logFolder(), ".index")).isNotEmpty();
    }

    @Test
    void aLostCheckpointIsMadeFromTheSegments() throws IOException {
        writeManySegments();
        Files.delete(logFolder().resolve("checkpoint"));

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(readAll(log, SHARD, 0)).hasSize(3000);
            put(log, SHARD, "more");
            assertThat(log.endOffset(SHARD)).isEqualTo(3001);
        }
    }

    @Test
    void aDamagedCheckpointIsReportedAndMadeFromTheSegments() {
        writeManySegments();
        flip(logFolder().resolve("checkpoint"), 40);

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(readAll(log, SHARD, 0)).hasSize(3000);
            assertThat(log.statistics().damagedPlaces()).isEqualTo(1);
        }
    }

    @Test
    void aLostSegmentIsReportedAndTheOthersAreRead() throws IOException {
        writeManySegments();
        List<Path> segments = all(logFolder(), ".segment");
        Files.delete(segments.get(1));
        long lostFrom = Long.parseLong(segments.get(1).getFileName().toString().substring(0, 20));
        long lostTo = Long.parseLong(segments.get(2).getFileName().toString().substring(0, 20));

        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(readAll(log, SHARD, 0))
                    .extracting(Read::offset)
                    .hasSize((int) (3000 - (lostTo - lostFrom)))
                    .doesNotContain(lostFrom)
                    .contains(lostFrom - 1, lostTo);
            assertThat(log.statistics().damagedPlaces()).isEqualTo(1);
        }
    }

    @Test
    void whatWasWrittenToASegmentBehindItsCheckpointDoesNotCount() throws IOException {
        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "one");
        }
        Path segment = only(logFolder(), ".segment");
        Files.write(segment, new byte[1000], StandardOpenOption.APPEND);

        try (EmbeddedShardLog log = open(logFolder())) {
            put(log, SHARD, "two");
            log.flush();
            assertThat(texts(log, SHARD)).containsExactly("one", "two");
        }
        try (EmbeddedShardLog log = open(logFolder())) {
            assertThat(texts(log, SHARD)).containsExactly("one", "two");
        }
    }

    @Test
    void aFileOfALaterVersionIsRefusedByName() {
        writeManySegments();
        for (Path file : List.of(
                logFolder().resolve("checkpoint"),
                all(logFolder(), ".journal").getFirst(),
                all(logFolder(), ".segment").getLast())) {
            byte[] version = Arrays.copyOfRange(content(file), 8, 12);
            overwrite(file, 8, (byte) 0, (byte) 0, (byte) 0, (byte) 3);

            assertThatThrownBy(() -> open(logFolder()).close())
                    .isInstanceOf(LogFailedException.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining("version 3")
                    .hasMessageContaining("up to 2");
            overwrite(file, 8, version);
        }
        open(logFolder()).close();
    }
}
