package io.riacho.log;

import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.readAll;
import static io.riacho.log.TestRecords.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.TestRecords.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes, or the disk fails: only what was forced is there for sure. */
class PowerLossTest {

    private static final int SHARDS = 4;
    private static final int THREADS = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Acknowledged(long shard, long offset, String data) {}

    private LogSettings settings() {
        return TestLogs.small(folder)
                .journalFileBytes(256 << 10)
                .segmentBytes(64 << 10)
                .writeBehindDelay(Duration.ofMillis(20))
                .build();
    }

    @Test
    void everythingAcknowledgedIsThereWhateverOfTheUnforcedIsLost() throws Exception {
        Random random = new Random();
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int round = 0; round < 15; round++) {
            PowerLossDisk disk = new PowerLossDisk(random);
            EmbeddedShardLog log = EmbeddedShardLog.open(settings(), disk);
            acknowledged.addAll(appendUntilThePowerGoes(log, disk, round, 20 + random.nextInt(80)));
            log.close();
            verify(acknowledged, round);
        }
        assertThat(acknowledged).hasSizeGreaterThan(100);
    }

    private static List<Acknowledged> appendUntilThePowerGoes(
            EmbeddedShardLog log, PowerLossDisk disk, int round, int millis) throws Exception {
        ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            String name = round + "/" + t + "/";
            threads.add(Thread.ofPlatform().start(() -> appendUntilItFails(log, name, acknowledged)));
        }
        Thread.sleep(millis);
        disk.losePower();
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(acknowledged);
    }

    private static void appendUntilItFails(
            ShardLog log, String name, ConcurrentLinkedQueue<Acknowledged> acknowledged) {
        Random random = new Random();
        try {
            for (int i = 0; ; i++) {
                long shard = random.nextInt(SHARDS);
                String data = name + i + "-" + "x".repeat(random.nextInt(3000));
                Appended appended = put(log, shard, data);
                acknowledged.add(new Acknowledged(shard, appended.offset(0), data));
            }
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOfAny(LogFailedException.class, LogFullException.class);
        }
    }

    private void verify(List<Acknowledged> acknowledged, int round) {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings())) {
            List<List<Read>> read = new ArrayList<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                read.add(readAll(log, shard, 0));
                assertThat(read.get(shard).size()).as("round %s", round).isEqualTo((int) log.endOffset(shard));
            }
            for (Acknowledged record : acknowledged) {
                List<Read> shard = read.get((int) record.shard());
                assertThat(record.offset()).as("round %s", round).isLessThan(shard.size());
                assertThat(shard.get((int) record.offset()).data()).isEqualTo(record.data());
            }
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }

    @Test
    void anAppendWhoseForceFailsIsNeverReadableAndItsOffsetIsGivenAgain() {
        for (boolean writesSurvive : new boolean[] {true, false}) {
            PowerLossDisk disk = new PowerLossDisk(new Random(1));
            long shard = writesSurvive ? 1 : 2;
            try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(), disk)) {
                put(log, shard, "before");
                disk.failForce(0, writesSurvive);

                assertThatThrownBy(() -> put(log, shard, "failed"))
                        .hasCauseInstanceOf(LogFailedException.class)
                        .hasMessageContaining("The disk failed");
                assertThat(log.endOffset(shard)).isEqualTo(1);
                assertThat(put(log, shard, "after").offset(0)).isEqualTo(1);
                assertThat(log.isWritable()).isTrue();
                assertThat(texts(log, shard)).containsExactly("before", "after");
            }
            try (EmbeddedShardLog log = EmbeddedShardLog.open(settings())) {
                assertThat(texts(log, shard)).containsExactly("before", "after");
            }
        }
    }

    @Test
    void anAppendWhoseForceFailedDoesNotComeBackThoughThePowerGoesNext() throws Exception {
        PowerLossDisk disk = new PowerLossDisk(new Random(1));
        EmbeddedShardLog log = EmbeddedShardLog.open(settings(), disk);
        put(log, 1, "before");
        disk.failForce(0, true);
        assertThatThrownBy(() -> put(log, 1, "failed")).hasCauseInstanceOf(LogFailedException.class);
        disk.losePower();
        log.close();

        try (EmbeddedShardLog again = EmbeddedShardLog.open(settings())) {
            assertThat(texts(again, 1)).containsExactly("before");
        }
    }

    @Test
    void withoutForceAcknowledgedRecordsSurviveTheProcessOnly() throws Exception {
        int attempt = 0;
        // Segments are forced in the background, now and then before the power goes.
        while (survivePowerLossUnforced(folder.resolve("attempt-" + attempt))) {
            assertThat(++attempt).isLessThan(20);
        }
    }

    private static boolean survivePowerLossUnforced(Path folder) throws Exception {
        LogSettings unforced =
                TestLogs.small(folder).durability(LogSettings.Durability.OS).build();
        PowerLossDisk disk = PowerLossDisk.thatKeepsOnlyWhatWasForced();
        EmbeddedShardLog log = EmbeddedShardLog.open(unforced, disk);
        put(log, 1, "acknowledged");
        disk.losePower();
        try {
            log.close();
        } catch (LogFailedException e) {
            assertThat(e).hasMessageContaining("no power");
        }
        try (EmbeddedShardLog again = EmbeddedShardLog.open(unforced)) {
            return again.endOffset(1) == 1;
        }
    }
}
