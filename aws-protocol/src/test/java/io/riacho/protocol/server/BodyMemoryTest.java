package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void whoFindsNoMemoryIsToldToComeBack() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);
        memory.reserve(MEGABYTE);

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> memory.reserve(1))
                .matches(error -> error.status() == 503);
    }

    @Test
    void whoWaitsGetsWhatIsReleased() throws InterruptedException {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ofMinutes(1));
        memory.reserve(MEGABYTE);
        CountDownLatch waiting = new CountDownLatch(1);
        Thread waiter = Thread.ofVirtual().start(() -> {
            waiting.countDown();
            memory.reserve(MEGABYTE);
        });
        waiting.await();
        memory.release(MEGABYTE);

        waiter.join();
        assertThat(memory.freeBytes()).isZero();
    }

    @Test
    void anArrayIsAtLeastAsLargeAsAskedFor() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);

        assertThat(memory.take(0)).hasSize(4096);
        assertThat(memory.take(4096)).hasSize(4096);
        assertThat(memory.take(4097)).hasSize(8192);
        assertThat(memory.take(16 * MEGABYTE)).hasSize(16 * MEGABYTE);
    }

    @Test
    void anArrayIsUsedAgain() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);
        byte[] array = memory.take(5000);
        memory.giveBack(array);

        assertThat(memory.take(8000)).isSameAs(array);
    }

    @Test
    void atMostAQuarterOfTheBudgetLiesIdle() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            memory.giveBack(new byte[MEGABYTE / 16]);
        }

        assertThat(memory.idleBytes()).isEqualTo(MEGABYTE / 4);
    }

    @Test
    void whatLiesIdleIsLetGoByAndBy() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);
        for (int i = 0; i < 4; i++) {
            memory.giveBack(new byte[4096]);
        }

        memory.trim();
        assertThat(memory.idleBytes()).isEqualTo(2 * 4096);
        memory.trim();
        memory.trim();
        assertThat(memory.idleBytes()).isZero();
    }
}
