package io.riacho.streams.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A shard's limits on a clock that stands still until it is moved. */
class ShardLimitsTest {

    private static final int MIB = 1 << 20;

    private final SettableClock clock = new SettableClock();
    private final ShardLimits limits = new ShardLimits(Throughput.OF_AWS, clock::nanoTime);

    @Test
    void aThousandRecordsASecondAreTaken() {
        int taken = 0;
        for (int millisecond = 0; millisecond < 60_000; millisecond++) {
            for (int i = 0; i < 5; i++) {
                taken += limits.tryWrite(10) ? 1 : 0;
            }
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(taken).isBetween(60_000, 61_000);
    }

    @Test
    void aMebibyteASecondIsTaken() {
        long taken = 0;
        for (int i = 0; i < 60_000; i++) {
            taken += limits.tryWrite(10_000) ? 10_000 : 0;
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(taken).isBetween(60L * MIB, 61L * MIB + 10_000);
    }

    @Test
    void aSecondsWorthIsTakenAtOnceButNoMore() {
        clock.advance(Duration.ofHours(1));

        assertThat(written(1, 2000)).isEqualTo(1000);
        clock.advance(Duration.ofMillis(100));
        assertThat(written(1, 2000)).isEqualTo(100);
    }

    @Test
    void aRecordOfTenMebibytesPassesAndIsWaitedForAfterwards() {
        assertThat(limits.tryWrite(10 * MIB)).isTrue();

        clock.advance(Duration.ofMillis(8_999));
        assertThat(limits.tryWrite(1)).isFalse();
        clock.advance(Duration.ofMillis(2));
        assertThat(limits.tryWrite(1)).isTrue();
    }

    @Test
    void theAverageHoldsForRecordsOfTenMebibytes() {
        long taken = 0;
        for (int i = 0; i < 6_000; i++) {
            taken += limits.tryWrite(10 * MIB) ? 10 * MIB : 0;
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(taken).isBetween(590L * MIB, 610L * MIB);
    }

    @Test
    void aRefusedRecordCountsForNothing() {
        assertThat(written(1, 1000)).isEqualTo(1000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(limits.tryWrite(MIB)).isFalse();
        }

        clock.advance(Duration.ofSeconds(1));
        assertThat(limits.tryWrite(MIB)).isTrue();
    }

    @Test
    void aShardIsReadFiveTimesASecond() {
        int reads = 0;
        for (int i = 0; i < 60_000; i++) {
            reads += limits.tryRead() ? 1 : 0;
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(reads).isBetween(300, 305);
    }

    @Test
    void twoMebibytesASecondAreRead() {
        long read = 0;
        for (int i = 0; i < 6_000; i++) {
            if (limits.tryRead()) {
                limits.read(MIB);
                read += MIB;
            }
            clock.advance(Duration.ofMillis(10));
        }

        assertThat(read).isBetween(119L * MIB, 123L * MIB);
    }

    @Test
    void anAnswerOfTenMebibytesIsWaitedForInFullFiveSeconds() {
        assertThat(limits.tryRead()).isTrue();
        limits.read(10 * MIB);

        clock.advance(Duration.ofMillis(4_999));
        assertThat(limits.tryRead()).isFalse();
        clock.advance(Duration.ofMillis(2));
        assertThat(limits.tryRead()).isTrue();
    }

    @Test
    void largeAnswersToReadersAtTheSameTimeAreAllWaitedFor() {
        assertThat(limits.tryRead()).isTrue();
        assertThat(limits.tryRead()).isTrue();
        limits.read(10 * MIB);
        limits.read(10 * MIB);

        clock.advance(Duration.ofMillis(9_999));
        assertThat(limits.tryRead()).isFalse();
        clock.advance(Duration.ofMillis(2));
        assertThat(limits.tryRead()).isTrue();
    }

    @Test
    void readingAndWritingDoNotTakeFromEachOther() {
        assertThat(written(1, 2000)).isEqualTo(1000);

        assertThat(limits.tryRead()).isTrue();
    }

    @Test
    void aLimitOfLessThanOneASecondLetsOneThroughNowAndThen() {
        ShardLimits slow = new ShardLimits(new Throughput(true, MIB, 0.1, MIB, 0.5), clock::nanoTime);
        int reads = 0;
        int writes = 0;
        for (int i = 0; i < 1_000; i++) {
            reads += slow.tryRead() ? 1 : 0;
            writes += slow.tryWrite(1) ? 1 : 0;
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(reads).isBetween(49, 51);
        assertThat(writes).isBetween(9, 11);
    }

    @Test
    void anUnlimitedShardTakesEverything() {
        ShardLimits unlimited = new ShardLimits(Throughput.UNLIMITED, clock::nanoTime);
        for (int i = 0; i < 10_000; i++) {
            assertThat(unlimited.tryWrite(10 * MIB)).isTrue();
            assertThat(unlimited.tryRead()).isTrue();
            unlimited.read(10 * MIB);
        }
    }

    private int written(int bytes, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += limits.tryWrite(bytes) ? 1 : 0;
        }
        return taken;
    }
}
