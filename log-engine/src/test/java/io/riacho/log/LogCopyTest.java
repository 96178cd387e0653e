package io.riacho.log;

import static io.riacho.log.TestRecords.append;
import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.readAll;
import static io.riacho.log.TestRecords.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCopyTest {

    private static final int SHARDS = 3;
    private static final int COPIES = 10;
    private static final int RECORDS_BETWEEN = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Such small files that the journal is used again, and segments are closed, several times during each copy. */
    private LogSettings settings(Path log) {
        return LogSettings.in(log)
                .journalFileBytes(64 << 10)
                .journalFiles(3)
                .bufferBytes(1 << 20)
                .segmentBytes(1 << 20)
                .segmentAge(Duration.ofMillis(500))
                .indexInterval(4 << 10)
                .build();
    }

    @Test
    void aCopyOfALogThatIsWrittenHasAllThatWasAcknowledgedBeforeAndOfTheRestABeginning() throws Exception {
        AtomicLongArray acknowledged = new AtomicLongArray(SHARDS);
        AtomicBoolean ended = new AtomicBoolean();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("log")));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                int number = shard;
                writers.add(threads.submit(() -> {
                    for (int i = 0; !ended.get(); i++) {
                        put(log, number, i + " " + "x".repeat(i * 37 % 700));
                        acknowledged.set(number, i + 1);
                    }
                }));
            }
            try {
                for (int i = 0; i < COPIES; i++) {
                    long some = acknowledged.get(0) + RECORDS_BETWEEN;
                    while (acknowledged.get(0) < some) {
                        Thread.onSpinWait();
                    }
                    List<Long> before = new ArrayList<>();
                    for (int shard = 0; shard < SHARDS; shard++) {
                        before.add(acknowledged.get(shard));
                    }
                    Path copy = folder.resolve("copy-" + i);
                    LogCopy.copy(folder.resolve("log"), copy);
                    check(copy, before);
                }
            } finally {
                ended.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(acknowledged.get(0)).isPositive();
    }

    private void check(Path copy, List<Long> before) {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(copy))) {
            assertThat(log.statistics().damagedPlaces()).isZero();
            for (int shard = 0; shard < SHARDS; shard++) {
                List<TestRecords.Read> records = readAll(log, shard, 0);
                assertThat(records.size())
                        .isGreaterThanOrEqualTo(before.get(shard).intValue());
                assertThat(records).hasSize((int) log.endOffset(shard));
                for (int i = 0; i < records.size(); i++) {
                    assertThat(records.get(i).data()).startsWith(i + " ");
                }
            }
            long end = log.endOffset(0);
            assertThat(put(log, 0, "later").offset(0)).isEqualTo(end);
        }
    }

    @Test
    void aCopyOfALogThatNobodyHasOpenIsTheSameLog() throws IOException {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("log")))) {
            put(log, 1, "a", "b");
            log.flush();
            put(log, 1, "c");
            put(log, 2, "d");
        }
        LogCopy.copy(folder.resolve("log"), folder.resolve("copy"));
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("copy")))) {
            assertThat(texts(log, 1)).containsExactly("a", "b", "c");
            assertThat(texts(log, 2)).containsExactly("d");
            assertThat(log.shards()).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void whatRetentionDeletedWhileItWasCopiedIsMissingAtTheBeginningOnly() throws Exception {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("log")))) {
            for (int i = 0; i < 20; i++) {
                log.append(append(1, "x".repeat(20_000))).join();
                log.flush();
            }
            Path oldest = folder.resolve("log/shards/1/00000000000000000000.segment");
            assertThat(oldest).exists();
            // As Retention does, which has not yet written a checkpoint that says so.
            Files.delete(oldest);
            LogCopy.copy(folder.resolve("log"), folder.resolve("copy"));
        }
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("copy")))) {
            assertThat(log.firstOffset(1)).isPositive();
            assertThat(readAll(log, 1, 0)).hasSize((int) (20 - log.firstOffset(1)));
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }

    @Test
    void aCopyThatIsMadeIsOnTheDisk() throws Exception {
        PowerLossDisk disk = PowerLossDisk.thatKeepsOnlyWhatWasForced();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("log")))) {
            put(log, 1, "in a segment");
            log.flush();
            put(log, 2, "in the journal");
            LogCopy.copy(folder.resolve("log"), folder.resolve("copy"), disk);
        }
        disk.losePower();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("copy")))) {
            assertThat(log.statistics().damagedPlaces()).isZero();
            assertThat(texts(log, 1)).containsExactly("in a segment");
            assertThat(texts(log, 2)).containsExactly("in the journal");
        }
    }

    @Test
    void aDamagedLogIsToldAndNotCopied() throws IOException {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("log")))) {
            put(log, 1, "a");
        }
        Path checkpoint = folder.resolve("log").resolve(LogCheckpoint.NAME);
        byte[] content = Files.readAllBytes(checkpoint);
        content[content.length / 2] ^= 1;
        Files.write(checkpoint, content);
        assertThatThrownBy(() -> LogCopy.copy(folder.resolve("log"), folder.resolve("copy")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aFolderWithoutALogAndOneThatIsNotEmptyAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> LogCopy.copy(folder.resolve("empty"), folder.resolve("copy")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no log");
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(folder.resolve("log")))) {
            put(log, 1, "a");
        }
        assertThatThrownBy(() -> LogCopy.copy(folder.resolve("log"), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty");
    }
}
