package io.riacho.log;

import static io.riacho.log.TestRecords.append;
import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.texts;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted batches in the files of the embedded log. */
class SealedBatchesTest {

    private static final long SHARD = 3;
    private static final long OTHER_SHARD = 4;
    private static final String PLAINTEXT = "what nobody may find on the disk";

    private final TestKeys keys = new TestKeys();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EmbeddedShardLog open(OpeningKeys openingKeys) {
        return EmbeddedShardLog.open(
                TestLogs.small(folder).openingKeys(openingKeys).build());
    }

    private void putSealed(ShardLog log, long shard, String... data) {
        Append append = append(shard, data);
        append.sealWith(keys.key(1));
        log.append(append).join();
    }

    private List<Path> files(String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOnDisk(String text) {
        return files("").stream().anyMatch(file -> text(file).contains(text));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void neitherDataNorPartitionKeysReachTheDisk() {
        String key = "key-" + PLAINTEXT.length();
        try (EmbeddedShardLog log = open(keys)) {
            putSealed(log, SHARD, PLAINTEXT);
            log.flush();
            putSealed(log, SHARD, PLAINTEXT);
            assertThat(texts(log, SHARD)).containsExactly(PLAINTEXT, PLAINTEXT);
            assertThat(isOnDisk(PLAINTEXT)).isFalse();
            assertThat(isOnDisk(key)).isFalse();
        }
        assertThat(files(".segment")).isNotEmpty();
        assertThat(isOnDisk(PLAINTEXT)).isFalse();
        assertThat(isOnDisk(key)).isFalse();

        try (EmbeddedShardLog log = open(keys)) {
            put(log, SHARD, PLAINTEXT);
        }
        assertThat(isOnDisk(PLAINTEXT)).as("the search finds what is there").isTrue();
        assertThat(isOnDisk(key)).isTrue();
    }

    @Test
    void everythingButReadingGoesOnWithoutAnyKey() {
        try (EmbeddedShardLog log = open(keys)) {
            putSealed(log, SHARD, "one");
        }
        OpeningKeys none = id -> {
            throw new AssertionError("asked for key " + id);
        };
        try (EmbeddedShardLog log = open(none)) {
            putSealed(log, SHARD, "two");
            log.flush();
            assertThat(log.endOffset(SHARD)).isEqualTo(2);
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
        try {
            Files.delete(folder.resolve(LogCheckpoint.NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (EmbeddedShardLog log = open(none)) {
            assertThat(log.endOffset(SHARD)).isEqualTo(2);
        }
        try (EmbeddedShardLog log = open(keys)) {
            assertThat(texts(log, SHARD)).containsExactly("one", "two");
        }
    }

    /** Changes the second of three batches in its segment, so that the checksums are right again. */
    private void change(EmbeddedShardLog log, ByteBuffer batches, IntConsumer change) {
        log.close();
        int salt = batches.getInt(12);
        CRC32C crc = new CRC32C();
        int second = SegmentFormat.HEADER_BYTES + BatchFormat.length(batches, SegmentFormat.HEADER_BYTES);
        change.accept(second);
        int length = BatchFormat.length(batches, second);
        long shard = BatchFormat.shard(batches, second);
        int count = BatchFormat.count(batches, second);
        int flags = BatchFormat.flags(batches, second);
        BatchFormat.begin(batches, second, length, shard, count, flags, crc);
        BatchFormat.seal(
                batches,
                second,
                BatchFormat.baseOffset(batches, second),
                BatchFormat.timestamp(batches, second),
                salt,
                crc);
    }

    private void isIsolated(java.util.function.BiConsumer<ByteBuffer, Integer> damage) throws IOException {
        EmbeddedShardLog log = open(keys);
        putSealed(log, SHARD, "one");
        putSealed(log, SHARD, "two", "deux");
        putSealed(log, SHARD, "three");
        log.flush();
        Path segment = files(".segment").getFirst();
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(segment));
        change(log, content, second -> damage.accept(content, second));
        Files.write(segment, content.array());

        try (EmbeddedShardLog again = open(keys)) {
            assertThat(texts(again, SHARD)).containsExactly("one", "three");
            assertThat(again.statistics().damagedPlaces()).isEqualTo(1);
            assertThat(again.endOffset(SHARD)).isEqualTo(4);
        }
    }

    @Test
    void aBatchWhoseCiphertextWasChangedIsReportedAndLeftOut() throws IOException {
        isIsolated((content, batch) -> {
            int at = batch + BatchFormat.HEADER_BYTES + SealedFormat.HEADER_BYTES + 3;
            content.put(at, (byte) (content.get(at) ^ 1));
        });
    }

    @Test
    void aBatchWhoseTagWasChangedIsReportedAndLeftOut() throws IOException {
        isIsolated((content, batch) -> {
            int sealed = batch + BatchFormat.HEADER_BYTES;
            int at = sealed + SealedFormat.HEADER_BYTES + SealedFormat.recordsLength(content, sealed);
            content.put(at, (byte) (content.get(at) ^ 1));
        });
    }

    @Test
    void aBatchWhoseNumberOfRecordsWasChangedIsReportedAndLeftOut() throws IOException {
        isIsolated((content, batch) -> content.putInt(batch + 32, 1));
    }

    @Test
    void aBatchThatClaimsMoreRecordsThanItHoldsIsReportedAndLeftOut() throws IOException {
        isIsolated((content, batch) -> content.putInt(batch + BatchFormat.HEADER_BYTES + 20, 1 << 20));
    }

    @Test
    void aBatchOfAnotherShardIsNotTakenForOneOfThis() throws IOException {
        EmbeddedShardLog log = open(keys);
        putSealed(log, OTHER_SHARD, "of the other");
        putSealed(log, SHARD, "one.........");
        log.flush();
        log.close();
        List<Path> segments = files(".segment");
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(segments.get(0)));
        ByteBuffer other = ByteBuffer.wrap(Files.readAllBytes(segments.get(1)));
        int at = SegmentFormat.HEADER_BYTES;
        int length = BatchFormat.length(content, at);
        assertThat(BatchFormat.length(other, at)).isEqualTo(length);
        content.put(at, other, at, length);
        BatchFormat.begin(content, at, length, SHARD, 1, BatchFormat.SEALED, new CRC32C());
        BatchFormat.seal(content, at, 0, BatchFormat.timestamp(other, at), content.getInt(12), new CRC32C());
        Files.write(segments.get(0), content.array());

        try (EmbeddedShardLog again = open(keys)) {
            assertThat(texts(again, SHARD)).isEmpty();
            assertThat(again.statistics().damagedPlaces()).isEqualTo(1);
            assertThat(texts(again, OTHER_SHARD)).containsExactly("of the other");
        }
    }

    @Test
    void aLogOfAnOlderReleaseIsRefusedByThatOneOnceThisOneHasOpenedIt() throws IOException, URISyntaxException {
        Path golden = Path.of(SealedBatchesTest.class.getResource("/golden/v1").toURI());
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(golden.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Path checkpoint = folder.resolve(LogCheckpoint.NAME);
        assertThat(ByteBuffer.wrap(Files.readAllBytes(checkpoint)).getInt(8)).isEqualTo(1);

        try (EmbeddedShardLog log = open(keys)) {
            assertThat(ByteBuffer.wrap(Files.readAllBytes(checkpoint)).getInt(8))
                    .as("before anything is appended")
                    .isEqualTo(2);
            assertThat(texts(log, 42)).containsExactly("one", "two", "three", "four", "five");
        }
    }

    @Test
    void aLogThatIsGivenNoKeysSaysWhichKeyItLacks() {
        try (EmbeddedShardLog log = open(OpeningKeys.NONE)) {
            putSealed(log, SHARD, "one");
            assertThatThrownBy(() -> texts(log, SHARD))
                    .isInstanceOfSatisfying(
                            KeyUnavailableException.class,
                            e -> assertThat(e.keyId()).isEqualTo(1));
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }
}
