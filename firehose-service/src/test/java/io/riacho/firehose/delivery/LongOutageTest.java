package io.riacho.firehose.delivery;

import static io.riacho.firehose.delivery.DeliveryWorld.ATTEMPTS_AT_A_TIME;
import static io.riacho.firehose.delivery.DeliveryWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that is away while more comes than memory holds. */
class LongOutageTest {

    private static final HikariDataSource DATABASE = DeliveryWorld.newDatabase();
    private static final Duration HOURS = Duration.ofHours(2);
    private static final List<String> SHARDS = List.of("r", "s", "t");
    private static final String TEXT = "x".repeat(4_000);
    private static final int KIBIBYTE = 1 << 10;

    private final AtomicBoolean isAway = new AtomicBoolean(true);
    private @Nullable DeliveryWorld open;

    @AfterAll
    static void closeTheDatabase() {
        DATABASE.close();
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void memoryIsBoundedMeanwhileAndNothingIsLostNorComesInAFlood() throws InterruptedException {
        int memory = 512 * KIBIBYTE;
        int buffer = 32 * KIBIBYTE;
        DeliveryWorld world = opened(
                new DeliveryWorld(DATABASE, new BufferHints(buffer, Duration.ofMillis(100)), HOURS, 5_000, memory));
        AtomicLong mostMemory = new AtomicLong();
        AtomicLong largest = new AtomicLong();
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger mostUnderWay = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        world.destination.trouble(delivery -> {
            mostMemory.accumulateAndGet(world.memoryInUse(), Math::max);
            refuseWhileAway();
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            largest.accumulateAndGet(delivery.bytes(), Math::max);
            try {
                goOn.await();
            } finally {
                underWay.decrementAndGet();
            }
        });
        put(world, 300, 20);
        world.worker("a");
        await().until(() -> world.stalls().stream()
                        .filter(reason -> reason.contains("is away"))
                        .count()
                > 2 * SHARDS.size());
        assertThat(world.destination.deliveries()).isZero();

        isAway.set(false);
        await().until(() -> underWay.get() == ATTEMPTS_AT_A_TIME);
        goOn.countDown();

        SHARDS.forEach(world.source::end);
        world.awaitAllDelivered();
        assertThat(mostUnderWay).hasValue(ATTEMPTS_AT_A_TIME);
        assertThat(largest.get()).isLessThan(buffer + TEXT.length());
        // Once over for whoever completes what it has begun.
        assertThat(mostMemory.get()).isBetween(memory / 2L, 2L * memory);
        assertThat(world.errors).isEmpty();
        await().until(() -> world.memoryInUse() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 256})
    void whatWasBegunIsCompletedWhereAllOfItTakesMoreMemoryThanThereIsNow(int kibibytes) {
        BufferHints hints = new BufferHints(400 * KIBIBYTE, Duration.ofHours(1));
        DeliveryWorld world = opened(new DeliveryWorld(DATABASE, hints, HOURS, 5_000, 16 << 20));
        world.destination.trouble(_ -> refuseWhileAway());
        put(world, 110, 1);
        world.worker("a");
        await().until(() -> world.intentsLeft() == SHARDS.size());

        // As where one process takes over what several have begun.
        world.restartWith(kibibytes * (long) KIBIBYTE);
        isAway.set(false);
        world.worker("b");

        await().until(() -> world.destination.deliveries() >= SHARDS.size());
        SHARDS.forEach(world.source::end);
        world.awaitAllDelivered();
        await().until(() -> world.memoryInUse() == 0);
    }

    private void refuseWhileAway() throws DeliveryException {
        if (isAway.get()) {
            throw DeliveryException.retryable("Test.Away", "The destination is away", null);
        }
    }

    /** To each shard. */
    private static void put(DeliveryWorld world, int records, int keys) {
        SHARDS.forEach(world.source::shard);
        for (int i = 0; i < records; i++) {
            int number = i;
            SHARDS.forEach(shard -> world.source.put(shard, "key-" + number % keys, TEXT));
        }
    }

    private DeliveryWorld opened(DeliveryWorld world) {
        open = world;
        return world;
    }
}
