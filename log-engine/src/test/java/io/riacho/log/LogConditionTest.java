package io.riacho.log;

import static io.riacho.log.TestRecords.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogConditionTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private LogSettings settings() {
        return TestLogs.small(folder).build();
    }

    @Test
    void aLogThatIsOpenIsWritableAndOneThatIsClosedIsNot() {
        EmbeddedShardLog log = EmbeddedShardLog.open(settings());
        assertThat(log.probe().join()).isEqualTo(LogCondition.WRITABLE);
        log.close();
        assertThat(log.condition()).isEqualTo(LogCondition.CLOSED);
        assertThat(log.probe().join()).isEqualTo(LogCondition.CLOSED);
    }

    @Test
    void aLockWhoseFileWasTakenAwayIsLostAndHeldAgainWhenTheFileIsBack() throws IOException {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings())) {
            Path lock = folder.resolve("lock");
            Path aside = folder.resolve("aside");
            Files.move(lock, aside);
            assertThat(log.condition()).isEqualTo(LogCondition.LOCK_LOST);
            Files.createFile(lock);
            assertThat(log.condition()).isEqualTo(LogCondition.LOCK_LOST);
            Files.delete(lock);
            Files.move(aside, lock);
            assertThat(log.condition()).isEqualTo(LogCondition.WRITABLE);
        }
    }

    @Test
    void aProbeFindsThatTheDiskWorksAgainThoughNobodyAppends() {
        PowerLossDisk disk = new PowerLossDisk(new Random(1));
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings(), disk)) {
            put(log, 1, "before");
            disk.failForces(3);
            assertThatThrownBy(() -> put(log, 1, "failed")).hasCauseInstanceOf(LogFailedException.class);
            assertThat(log.condition()).isEqualTo(LogCondition.FAILED);
            assertThat(log.probe().join()).isEqualTo(LogCondition.FAILED);
            assertThat(log.probe().join()).isEqualTo(LogCondition.WRITABLE);
            assertThat(put(log, 1, "after").offset(0)).isEqualTo(1);
        }
    }

    @Test
    void statisticsTellWhatTheDiskTook() {
        try (EmbeddedShardLog log = EmbeddedShardLog.open(settings())) {
            put(log, 1, "a");
            put(log, 2, "b");
            log.flush();
            LogStatistics statistics = log.statistics();
            assertThat(statistics.forces().count()).isEqualTo(2);
            assertThat(statistics.forces().nanos())
                    .isGreaterThanOrEqualTo(statistics.forces().longestNanos());
            assertThat(statistics.forces().longestNanos()).isPositive();
            assertThat(statistics.shards()).isEqualTo(2);
            assertThat(statistics.segments()).isEqualTo(2);
            assertThat(statistics.segmentBytes()).isPositive();
        }
    }
}
