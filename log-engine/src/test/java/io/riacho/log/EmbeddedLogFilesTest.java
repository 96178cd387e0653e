package io.riacho.log;

import static io.riacho.log.TestRecords.append;
import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.readAll;
import static io.riacho.log.TestRecords.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.TestRecords.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded log does with its files, beyond the contract. */
class EmbeddedLogFilesTest {

    private static final long SHARD = 1;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

    private LogSettings.Builder settings() {
        return TestLogs.small(folder)
                .clock(() -> Instant.ofEpochMilli(now.get()))
                .journalFileBytes(256 << 10)
                .bufferBytes(1 << 20);
    }

    private List<String> files(String path) throws IOException {
        if (!Files.exists(folder.resolve(path))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aShardsFolderAppearsOnlyOnceItHasSegments() throws IOException {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            put(log, SHARD, "a");
            assertThat(files("shards")).isEmpty();
            log.flush();
            assertThat(files("shards/1")).containsExactly("00000000000000000000.segment");
        }
    }

    @Test
    void aSegmentIsClosedOnceItIsOldEnough() throws IOException {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(
                settings().segmentAge(Duration.ofMinutes(1)).build())) {
            put(log, SHARD, "a");
            log.flush();
            now.addAndGet(59_000);
            put(log, SHARD, "b");
            log.flush();
            now.addAndGet(1_000);
            put(log, SHARD, "c");
            log.flush();
        }
        assertThat(files("shards/1"))
                .containsExactly(
                        "00000000000000000000.index", "00000000000000000000.segment", "00000000000000000002.segment");
    }

    @Test
    void aSegmentIsClosedOnceItIsLongEnough() throws IOException {
        try (EmbeddedShardLog log =
                EmbeddedShardLog.open(settings().segmentBytes(10_000).build())) {
            for (int i = 0; i < 9; i++) {
                put(log, SHARD, "x".repeat(3000));
            }
            log.flush();
            assertThat(files("shards/1").stream().filter(f -> f.endsWith(".segment")))
                    .containsExactly(
                            "00000000000000000000.segment",
                            "00000000000000000003.segment",
                            "00000000000000000006.segment");
            assertThat(readAll(log, SHARD, 0)).hasSize(9);
        }
    }

    @Test
    void theJournalNeverTakesMoreFilesThanItMay() throws IOException {
        try (EmbeddedShardLog log =
                EmbeddedShardLog.open(settings().journalFiles(3).build())) {
            for (int i = 0; i < 100; i++) {
                put(log, SHARD, "x".repeat(50_000));
            }
            assertThat(files("journal").size()).isLessThanOrEqualTo(3);
            assertThat(readAll(log, SHARD, 0)).hasSize(100);
        }
    }

    @Test
    void anAppendThatFitsInNoJournalFileIsRefused() {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            assertThatThrownBy(() -> log.append(append(SHARD, "x".repeat(300_000))))
                    .isInstanceOf(IllegalArgumentException.class);
            put(log, SHARD, "x".repeat(250_000));
            assertThat(log.endOffset(SHARD)).isEqualTo(1);
        }
    }

    @Test
    void aRecordThatIsNotInItsArrayIsRefusedAndTakesNoBuffer() {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            for (int i = 0; i < 100; i++) {
                Append wrong = new Append(1);
                wrong.add(SHARD, new byte[1], new byte[10], 5, 100_000);
                assertThatThrownBy(() -> log.append(wrong)).isInstanceOf(IndexOutOfBoundsException.class);
            }
            put(log, SHARD, "a");
            assertThat(texts(log, SHARD)).containsExactly("a");
        }
    }

    @Test
    void appendsWaitWhileTheBuffersAreTakenAndAllSucceed() {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Appended>> appends = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                appends.add(threads.submit(() -> put(log, SHARD, "x".repeat(100_000))));
            }
            assertThat(appends).allSatisfy(a -> assertThat(a.get().isSealed(0)).isFalse());
            assertThat(log.endOffset(SHARD)).isEqualTo(200);
        }
    }

    @Test
    void aReaderThatIsInterruptedReadsOnAndDisturbsNobody() throws Exception {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            put(log, SHARD, "in a segment");
            log.flush();
            put(log, SHARD, "in the journal");
            Thread reader = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                assertThat(texts(log, SHARD)).containsExactly("in a segment", "in the journal");
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            reader.join();
            put(log, SHARD, "more");

            assertThat(texts(log, SHARD)).containsExactly("in a segment", "in the journal", "more");
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }

    @Test
    void readersSeeEveryRecordInOrderWhileTheJournalIsUsedAgainUnderThem() throws Exception {
        int records = 8_000;
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings()
                        .segmentBytes(100_000)
                        .writeBehindDelay(Duration.ofMillis(1))
                        .openSegments(2)
                        .build());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int r = 0; r < 4; r++) {
                int maxBytes = r % 2 == 0 ? 2000 : 100_000;
                readers.add(threads.submit(() -> readInOrder(log, records, maxBytes)));
            }
            String[] data = new String[20];
            for (int i = 0; i < records; i += data.length) {
                for (int d = 0; d < data.length; d++) {
                    data[d] = i + d + "-" + "x".repeat(180);
                }
                put(log, SHARD, data);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo(records);
            }
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }

    private static long readInOrder(ShardLog log, int records, int maxBytes) {
        LogChunk chunk = log.newChunk();
        long expected = 0;
        while (expected < records) {
            log.read(SHARD, expected, Long.MIN_VALUE, maxBytes, chunk);
            while (chunk.next()) {
                String data = new String(chunk.array(), chunk.dataPosition(), chunk.dataLength(), UTF_8);
                assertThat(chunk.offset()).isEqualTo(expected);
                assertThat(data).startsWith(expected + "-");
                expected++;
            }
            assertThat(chunk.nextOffset()).isEqualTo(expected);
        }
        return expected;
    }

    @Test
    void aReadBeginsWhereItShouldWhileTheTailMovesToSegments() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(
                        settings().journalFiles(6).segmentBytes(50_000).build());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> flusher = threads.submit(() -> {
                while (!done.get()) {
                    log.flush();
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                readers.add(threads.submit(() -> {
                    LogChunk chunk = log.newChunk();
                    while (!done.get()) {
                        long end = log.endOffset(SHARD);
                        for (long offset = Math.max(0, end - 200); offset < end; offset++) {
                            log.read(SHARD, offset, Long.MIN_VALUE, 500, chunk);
                            assertThat(chunk.next()).isTrue();
                            assertThat(chunk.offset()).isEqualTo(offset);
                            assertThat(log.offsetAt(SHARD, chunk.timestamp())).isEqualTo(offset);
                        }
                    }
                }));
            }
            for (int i = 0; i < 2000; i++) {
                now.incrementAndGet();
                put(log, SHARD, "r" + i);
            }
            done.set(true);
            flusher.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void retentionAndReadingAndWritingGoOnTogether() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings()
                        .segmentBytes(20_000)
                        .writeBehindDelay(Duration.ofMillis(1))
                        .openSegments(2)
                        .build());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> retention = threads.submit(() -> {
                while (!done.get()) {
                    log.dropBefore(SHARD, now.get() - 20);
                }
            });
            Future<?> reader = threads.submit(() -> {
                while (!done.get()) {
                    long last = -1;
                    for (Read read : readAll(log, SHARD, 0)) {
                        assertThat(read.offset()).isGreaterThan(last);
                        assertThat(read.data()).startsWith(read.offset() + "-");
                        last = read.offset();
                    }
                }
            });
            for (int i = 0; i < 1500; i++) {
                now.incrementAndGet();
                put(log, SHARD, i + "-" + "x".repeat(500));
            }
            done.set(true);
            retention.get();
            reader.get();
            log.flush();
            log.dropBefore(SHARD, now.get() - 20);

            assertThat(log.firstOffset(SHARD)).isGreaterThan(1000);
            assertThat(readAll(log, SHARD, 0)).hasSize((int) (1500 - log.firstOffset(SHARD)));
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }

    @Test
    void shardsAreDeletedWhileTheyAreWritten() throws Exception {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(
                settings().writeBehindDelay(Duration.ofMillis(1)).build())) {
            for (long shard = 1; shard <= 50; shard++) {
                List<CompletableFuture<Appended>> appends = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    appends.add(log.append(append(shard, "x".repeat(500))));
                }
                log.delete(shard);
                assertThat(log.append(append(shard, "late")).join().isSealed(0)).isTrue();
                assertThat(appends)
                        .allSatisfy(a -> assertThat(a.join().isSealed(0)).isFalse());
            }
            log.flush();
            assertThat(files("shards")).isEmpty();
        }
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            for (long shard = 1; shard <= 50; shard++) {
                assertThat(log.endOffset(shard)).isZero();
            }
        }
    }

    @Test
    void aSettingThatWasChangedAppliesToNewFiles() throws IOException {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            put(log, SHARD, "a");
        }
        try (EmbeddedShardLog log =
                EmbeddedShardLog.open(settings().journalFileBytes(512 << 10).build())) {
            put(log, SHARD, "x".repeat(400_000), "b");
            log.flush();
            put(log, SHARD, "c");
        }
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            assertThat(readAll(log, SHARD, 0)).hasSize(4);
        }
    }

    @Test
    void unforcedCommitsKeepEverythingAcrossAReopening() {
        LogSettings unforced = settings().durability(LogSettings.Durability.OS).build();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(unforced)) {
            for (int i = 0; i < 50; i++) {
                put(log, SHARD, i + "-" + "x".repeat(20_000));
            }
        }
        try (EmbeddedShardLog log = EmbeddedShardLog.open(unforced)) {
            assertThat(readAll(log, SHARD, 0)).hasSize(50);
        }
    }

    @Test
    void theStatisticsCountWhatWasDone() {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            put(log, SHARD, "a", "b");
            put(log, SHARD, "c");

            LogStatistics statistics = log.statistics();
            assertThat(statistics.commits()).isEqualTo(2);
            assertThat(statistics.appendedRecords()).isEqualTo(3);
            assertThat(statistics.appendedBytes()).isBetween(150L, 500L);
            assertThat(statistics.journalBytes()).isPositive();
            assertThat(statistics.isWritable()).isTrue();
        }
    }

    @Test
    void anotherLogsChunkIsRefused() {
        LogChunk foreign = new LogChunk() {
            @Override
            public boolean next() {
                return false;
            }

            @Override
            public long offset() {
                return 0;
            }

            @Override
            public long timestamp() {
                return 0;
            }

            @Override
            public long keyId() {
                return NO_KEY;
            }

            @Override
            public byte[] array() {
                return new byte[0];
            }

            @Override
            public int keyPosition() {
                return 0;
            }

            @Override
            public int keyLength() {
                return 0;
            }

            @Override
            public int dataPosition() {
                return 0;
            }

            @Override
            public int dataLength() {
                return 0;
            }

            @Override
            public long nextOffset() {
                return 0;
            }
        };
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings().build())) {
            assertThatThrownBy(() -> log.read(SHARD, 0, 0, 1, foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
