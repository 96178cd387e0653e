package io.riacho.log;

import static io.riacho.log.TestRecords.readAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.TestRecords.Read;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of each released format are read for ever, and this release still writes the ones of its own version. The
 * folders {@code golden/v1} and {@code golden/v2} are logs whose process was killed: two segments, one of them closed with an index,
 * a checkpoint, and a journal (cut behind its last frame) with a commit that no segment holds. In version 2 the batches
 * of "three" and "five" are encrypted.
 */
class GoldenFilesTest {

    private static final int SALT = 0x5EED5A17;
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Path golden() {
        return golden("v2");
    }

    private static Path golden(String version) {
        try {
            return Path.of(
                    GoldenFilesTest.class.getResource("/golden/" + version).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the golden files of the current version anew: for a new version, never for an old one. */
    static final class Writer {
        public static void main(String[] args) throws IOException {
            write(Path.of(args[0]));
        }
    }

    private static ByteBuffer batch(long shard, long offset, long time, String... data) {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        int at = BatchFormat.HEADER_BYTES;
        for (String text : data) {
            byte[] bytes = text.getBytes(UTF_8);
            buffer.putShort(at, (short) 3).putInt(at + 2, bytes.length);
            buffer.put(at + 6, "key".getBytes(UTF_8)).put(at + 9, bytes);
            at += 9 + bytes.length;
        }
        int length = BatchFormat.align(at);
        BatchFormat.begin(buffer, 0, length, shard, data.length, 0, new CRC32C());
        BatchFormat.seal(buffer, 0, offset, time, SALT, new CRC32C());
        return buffer.limit(length);
    }

    /** The same with the records encrypted under key 9, with a nonce that would never do outside of a test. */
    private static ByteBuffer sealed(long shard, long offset, long time, String data) {
        ByteBuffer plain = batch(shard, offset, time, data);
        int length = BatchFormat.RECORD_HEADER_BYTES + 3 + data.length();
        BatchSealer sealer = new BatchSealer();
        ByteBuffer records = sealer.take(length);
        records.put(SealedFormat.HEADER_BYTES, plain, BatchFormat.HEADER_BYTES, length);
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        byte[] nonce = new byte[BatchCipher.NONCE_BYTES];
        nonce[0] = (byte) offset;
        sealer.seal(records, length, new TestKeys(() -> nonce).key(9), shard, 1, buffer, 0);
        int whole = BatchFormat.align(BatchFormat.HEADER_BYTES + length + SealedFormat.EXTRA_BYTES);
        BatchFormat.begin(buffer, 0, whole, shard, 1, BatchFormat.SEALED, new CRC32C());
        BatchFormat.seal(buffer, 0, offset, time, SALT, new CRC32C());
        return buffer.limit(whole);
    }

    private static void write(Path to) throws IOException {
        RealDisk disk = new RealDisk();
        SegmentFiles files = new SegmentFiles(disk, to.resolve("shards"), 1, SALT, 1);
        disk.createFolder(files.folder(42));
        disk.createFolder(to.resolve("journal"));
        Segment closed = writeSegment(
                        disk, files, 0, batch(42, 0, TIME, "one", "two"), sealed(42, 2, TIME + 10, "three"))
                .close();
        Segment open = writeSegment(disk, files, 3, batch(42, 3, TIME + 20, "four"));
        SegmentIndex index = new SegmentIndex(0, 1);
        try (DiskFile file = disk.open(files.path(42, 0))) {
            index.extend(file, closed.length(), 42, SALT);
        }
        files.writeIndex(index, 42, closed);
        LogCheckpoint.ShardState shard = new LogCheckpoint.ShardState(42, 0, 4, TIME + 20, List.of(closed, open));
        new LogCheckpoint(SALT, 7, 3, List.of(shard)).write(disk, to);
        writeJournal(disk, to);
    }

    private static Segment writeSegment(Disk disk, SegmentFiles files, long base, ByteBuffer... batches)
            throws IOException {
        Segment segment = Segment.empty(base);
        try (DiskFile file = disk.create(files.path(42, base))) {
            file.write(SegmentFormat.header(42, base, SALT), 0);
            for (ByteBuffer batch : batches) {
                long end = BatchFormat.endOffset(batch, 0);
                long time = BatchFormat.timestamp(batch, 0);
                int length = batch.remaining();
                file.write(batch, segment.length());
                segment = segment.with(end, segment.length() + length, time, time);
            }
        }
        return segment;
    }

    private static void writeJournal(Disk disk, Path to) throws IOException {
        JournalFile file = new JournalFile(
                to.resolve("journal/0000.journal"), disk.create(to.resolve("journal/0000.journal")), 1 << 20);
        file.begin(3, 6, SALT);
        Frame frame = new Frame(SALT);
        for (long lsn = 6; lsn < 8; lsn++) {
            ByteBuffer batch = lsn == 6 ? batch(42, 3, 0, "four") : sealed(42, 4, 0, "five");
            frame.clear();
            frame.seal(batch, 0, lsn - 3, TIME + 20 + 10 * (lsn - 6));
            frame.add(batch);
            file.write(frame, lsn);
            file.keep(frame.bytes());
        }
        file.close();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theWriterStillWritesTheSameBytes() throws IOException {
        write(folder);

        assertThat(filesIn(folder)).isEqualTo(filesIn(golden())).hasSize(5);
        for (Path file : filesIn(golden())) {
            assertThat(folder.resolve(file)).as("%s", file).hasSameBinaryContentAs(golden().resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void aLogOfEachVersionIsRead(String version) throws IOException {
        for (Path file : filesIn(golden(version))) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(golden(version).resolve(file), folder.resolve(file));
        }
        try (EmbeddedShardLog log = EmbeddedShardLog.open(
                TestLogs.small(folder).openingKeys(new TestKeys()).build())) {
            assertThat(readAll(log, 42, 0))
                    .containsExactly(
                            new Read(0, TIME, "key", "one"),
                            new Read(1, TIME, "key", "two"),
                            new Read(2, TIME + 10, "key", "three"),
                            new Read(3, TIME + 20, "key", "four"),
                            new Read(4, TIME + 30, "key", "five"));
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void anIndexOfEachVersionIsRead(String version) throws IOException {
        ByteBuffer content =
                ByteBuffer.wrap(Files.readAllBytes(golden(version).resolve("shards/42/" + SegmentFormat.indexName(0))));
        Path path = golden(version).resolve("shards/42/" + SegmentFormat.name(0));
        SegmentIndex index = new SegmentIndex(0, 1);

        assertThat(index.decode(content, path, 42, Files.size(path))).isTrue();
        assertThat(index.floor(1)).isEqualTo(40);
        assertThat(index.floor(2)).isGreaterThan(40);
        assertThat(index.floorByTime(TIME + 11)).isEqualTo(index.floor(2));
    }
}
