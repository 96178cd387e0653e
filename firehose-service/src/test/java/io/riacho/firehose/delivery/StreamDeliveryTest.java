package io.riacho.firehose.delivery;

import static io.riacho.firehose.delivery.DeliveryWorld.AT_ONCE;
import static io.riacho.firehose.delivery.DeliveryWorld.NEVER;
import static io.riacho.firehose.delivery.DeliveryWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.record.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamDeliveryTest {

    private static final HikariDataSource DATABASE = DeliveryWorld.newDatabase();
    private static final long MEBIBYTE = 1 << 20;

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
    void whatIsRefusedUntilTheRetryDurationIsOverBecomesErrorRecords() {
        DeliveryWorld world = opened(new DeliveryWorld(DATABASE, AT_ONCE, Duration.ofSeconds(3), 5_000, 64 * MEBIBYTE));
        world.source.shard("s");
        world.destination.trouble(_ -> {
            throw DeliveryException.retryable("Test.Busy", "come back later", null);
        });
        world.source.put("s", "k", "unwanted");
        world.worker("a");

        await().until(() -> !world.errorLines().isEmpty());
        assertThat(world.destination.attempts()).isGreaterThan(1);
        assertThat(world.errors.keySet()).allMatch(key -> key.startsWith("errors/test-failed/"));
        JsonNode error = onlyError(world);
        assertThat(error.path("attemptsMade").asInt()).isEqualTo(world.destination.attempts());
        assertThat(error.path("errorCode").asString()).isEqualTo("Test.Busy");
        assertThat(error.path("errorMessage").asString()).isEqualTo("come back later");
        assertThat(error.path("arrivalTimestamp").asLong())
                .isLessThanOrEqualTo(error.path("attemptEndingTimestamp").asLong());
        assertThat(rawData(error)).isEqualTo("unwanted");

        world.destination.trouble(MemoryDestination.Trouble.NONE);
        world.source.put("s", "k", "wanted");
        await().untilAsserted(() -> assertThat(world.destination.ids()).containsExactly("s:2:0"));
        await().until(() -> checkpoint(world).equals("2"));
        assertThat(world.errorLines()).hasSize(1);
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgain() {
        DeliveryWorld world = opened(new DeliveryWorld(DATABASE, AT_ONCE, Duration.ofHours(1), 5_000, 64 * MEBIBYTE));
        world.source.shard("s");
        world.destination.trouble(_ -> {
            throw DeliveryException.permanent("Test.NoSuchTable", "there is no such table", null);
        });
        world.source.put("s", "k", "unwanted");
        world.worker("a");

        await().until(() -> checkpoint(world).equals("1"));
        assertThat(world.destination.attempts()).isEqualTo(1);
        JsonNode error = onlyError(world);
        assertThat(error.path("attemptsMade").asInt()).isEqualTo(1);
        assertThat(error.path("errorCode").asString()).isEqualTo("Test.NoSuchTable");
        assertThat(rawData(error)).isEqualTo("unwanted");
    }

    @Test
    void aPartitionThatHangsKeepsNoOtherWaitingAndIsDeliveredByTheSuccessorUnderTheSameId() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        Set<UUID> hanging = ConcurrentHashMap.newKeySet();
        world.destination.trouble(delivery -> {
            if (delivery.partition().text().contains("slow")) {
                hanging.add(delivery.id());
                new CountDownLatch(1).await();
            }
        });
        world.source.put("s", "slow", "first");
        StreamDelivery first = world.worker("a");
        await().until(() -> hanging.size() == 1);
        world.source.put("s", "quick", "second");
        await().untilAsserted(() -> assertThat(world.destination.ids()).containsExactly("s:2:0"));
        assertThat(checkpoint(world)).isEqualTo("TRIM_HORIZON");

        first.close();
        assertThat(world.intentsLeft()).isEqualTo(1);
        world.destination.trouble(delivery -> hanging.add(delivery.id()));
        world.worker("b");

        world.awaitAllDelivered();
        assertThat(hanging).hasSize(1);
        await().until(() -> checkpoint(world).equals("2"));
        assertThat(world.intentsLeft()).isZero();
    }

    @Test
    void whatIsBeingDeliveredEndsBeforeTheWorkStops() throws InterruptedException {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        world.destination.trouble(_ -> {
            underWay.countDown();
            goOn.await();
        });
        world.source.put("s", "k", "one");
        StreamDelivery worker = world.worker("a");
        underWay.await();

        Thread stopping = Thread.ofVirtual().start(worker::close);
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(goOn::countDown);
        stopping.join();

        assertThat(world.destination.ids()).containsExactly("s:1:0");
        assertThat(world.intentsLeft()).isZero();
        assertThat(checkpoint(world)).isEqualTo("1");
    }

    @Test
    void whatWasBegunBeforeAnUpdateEndsWhereItWasToGo() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        MemoryDestination updated = new MemoryDestination();
        leaveOneBegun(world);

        world.destination.trouble(MemoryDestination.Trouble.NONE);
        world.source.put("s", "k", "after the update");
        world.worker("b", "2", updated);

        await().until(() -> checkpoint(world).equals("2"));
        assertThat(world.destination.ids()).containsExactly("s:1:0");
        assertThat(updated.ids()).containsExactly("s:2:0");
        assertThat(world.intentsLeft()).isZero();
    }

    @Test
    void whatCannotEndWhereItWasToGoGoesWhereTheUpdateSays() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        MemoryDestination updated = new MemoryDestination();
        leaveOneBegun(world);

        world.destination.trouble(_ -> {
            throw DeliveryException.retryable("Test.Gone", "there is nobody here", null);
        });
        world.worker("b", "2", updated);

        await().until(() -> checkpoint(world).equals("1"));
        assertThat(world.destination.ids()).isEmpty();
        assertThat(updated.ids()).containsExactly("s:1:0");
        assertThat(world.intentsLeft()).isZero();
    }

    private static void leaveOneBegun(DeliveryWorld world) {
        world.source.shard("s");
        CountDownLatch underWay = new CountDownLatch(1);
        world.destination.trouble(_ -> {
            underWay.countDown();
            new CountDownLatch(1).await();
        });
        world.source.put("s", "k", "begun");
        StreamDelivery first = world.worker("a");
        await().until(() -> underWay.getCount() == 0);
        first.close();
        assertThat(world.intentsLeft()).isEqualTo(1);
    }

    @Test
    void whoLosesItsLeaseInTheMiddleOfADeliveryLeavesNoSecondOne() throws InterruptedException {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch underWay = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        world.destination.trouble(_ -> {
            if (isFirst.getAndSet(false)) {
                underWay.countDown();
                awaitUninterruptibly(goOn);
            }
        });
        world.source.put("s", "k", "one");
        world.source.put("s", "k", "two");
        StreamDelivery late = world.worker("late");
        underWay.await();
        // The late one is as good as paused: it does not know that time has passed.
        world.takeLeasesFrom("late");
        StreamDelivery successor = world.worker("successor");
        await().until(() -> world.destination.ids().size() == 2);
        world.source.put("s", "k", "three");
        goOn.countDown();

        world.awaitAllDelivered();
        await().until(() -> checkpoint(world).equals("3"));
        assertThat(world.intentsLeft()).isZero();
        late.close();
        successor.close();
        assertThat(world.destination.ids()).containsExactlyInAnyOrderElementsOf(world.source.ids());
    }

    @Test
    void buffersThatMemoryDoesNotHoldAreDeliveredEarlyAndNobodyStarves() {
        DeliveryWorld world = opened(new DeliveryWorld(DATABASE, NEVER, null, 5_000, MEBIBYTE / 2));
        List<String> shards = List.of("r", "s", "t");
        shards.forEach(world.source::shard);
        String text = "x".repeat(4_000);
        for (int i = 0; i < 300; i++) {
            shards.forEach(shard -> world.source.put(shard, "k", text));
        }
        world.worker("a");

        // Of 3.6 MB no shard has an end, and no buffer's time comes: only for lack of memory anything is delivered.
        await().untilAsserted(() -> assertThat(world.destination.ids())
                .hasSizeGreaterThan(700)
                .anyMatch(id -> id.startsWith("r"))
                .anyMatch(id -> id.startsWith("s"))
                .anyMatch(id -> id.startsWith("t")));
        shards.forEach(world.source::end);
        world.awaitAllDelivered();
        await().until(() -> world.memoryInUse() == 0);
    }

    @Test
    void thousandsOfPartitionsAreBufferedAtATime() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, new BufferHints(MEBIBYTE, Duration.ofHours(1))));
        world.source.shard("s");
        IntStream.range(0, 4_000).forEach(i -> world.source.put("s", "key-" + i % 2_000, "text " + i));
        world.source.end("s");
        world.worker("a");

        world.awaitAllDelivered();
        assertThat(world.destination.deliveries()).isEqualTo(2_000);
        await().until(() -> world.intentsLeft() == 0 && world.memoryInUse() == 0);
    }

    @Test
    void morePartitionsThanThereMayBeAreDeliveredEarly() {
        DeliveryWorld world = opened(new DeliveryWorld(DATABASE, NEVER, null, 10, 64 * MEBIBYTE));
        world.source.shard("s");
        IntStream.range(0, 300).forEach(i -> world.source.put("s", "key-" + i, "text"));
        world.worker("a");

        await().until(() -> world.destination.ids().size() >= 290);
        world.source.end("s");
        world.awaitAllDelivered();
    }

    @Test
    void aShardIsDeliveredToItsEndBeforeItsChildIsBegun() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, NEVER));
        world.source.shard("parent");
        IntStream.range(0, 200).forEach(i -> world.source.put("parent", "key-" + i % 7, "text"));
        CountDownLatch release = new CountDownLatch(1);
        world.destination.trouble(delivery -> {
            if (delivery.partition().text().contains("key-3")) {
                release.await();
            }
        });
        world.worker("a");
        await().until(() -> world.source.opened().contains("parent"));
        world.source.end("parent", "child");
        world.source.put("child", "k", "later");

        long others = world.source.records("parent").stream()
                .filter(record -> !record.partitionKey().equals("key-3"))
                .count();
        await().until(() -> world.destination.ids().size() == others);
        await().during(Duration.ofMillis(1_500))
                .until(() -> !world.source.opened().contains("child"));
        release.countDown();
        await().until(() -> world.source.opened().contains("child"));
        assertThat(world.destination.ids())
                .containsAll(world.source.records("parent").stream()
                        .map(SourceRecord::id)
                        .toList());
        world.source.end("child");
        world.awaitAllDelivered();
    }

    @Test
    void whatWasReadIsDeliveredWhileItsSourceCannotBeReadAndThatIsTold() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, new BufferHints(1 << 20, Duration.ofSeconds(1))));
        world.source.shard("s");
        world.worker("a");
        await().until(() -> world.source.opened().contains("s"));
        world.source.put("s", "k", "first");
        await().until(() -> world.memoryInUse() > 0 || !world.destination.ids().isEmpty());

        world.source.fail("The stream is gone");

        await().untilAsserted(() -> assertThat(world.stalls()).contains("The stream is gone"));
        await().untilAsserted(() -> assertThat(world.destination.ids()).containsExactly("s:1:0"));

        world.source.fail(null);
        world.source.put("s", "k", "second");
        world.awaitAllDelivered();
        await().untilAsserted(() -> assertThat(world.stalls().getLast()).isEqualTo("null"));
    }

    @Test
    void thatASourceCanBeReadAgainIsToldThoughThereIsNothingToDeliver() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, NEVER));
        world.source.shard("s");
        world.source.fail("Access is denied");
        world.worker("a");
        await().untilAsserted(() -> assertThat(world.stalls()).contains("Access is denied"));

        world.source.fail(null);

        await().untilAsserted(() -> assertThat(world.stalls().getLast()).isEqualTo("null"));
    }

    @Test
    void anotherSourceThatIsMadeUnderTheSameNameIsNotRead() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        world.source.put("s", "k", "first");
        StreamDelivery first = world.worker("a");
        world.awaitAllDelivered();

        world.source.fail("The stream is gone");
        await().untilAsserted(() -> assertThat(world.stalls()).contains("The stream is gone"));
        world.source.replace();
        world.source.put("s", "k", "of another stream");
        world.source.fail(null);
        await().untilAsserted(
                        () -> assertThat(world.stalls().getLast()).contains("another one was made under its name"));
        first.close();
        int opened = world.source.opened().size();
        int stalls = world.stalls().size();
        world.worker("b");
        await().until(() -> world.stalls().stream()
                        .skip(stalls)
                        .filter(stall -> stall.contains("another one was made under its name"))
                        .count()
                > 1);

        assertThat(world.source.opened()).hasSize(opened);
        assertThat(world.destination.ids()).containsExactly("s:1:0");
    }

    @Test
    void aDatabaseThatIsAwayForSomeTimeLosesNothingAndDoublesNothing() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        world.worker("a");
        IntStream.range(0, 20).forEach(i -> world.source.put("s", "key-" + i % 3, "before"));
        world.awaitAllDelivered();
        AtomicBoolean left = new AtomicBoolean();
        world.destination.trouble(_ -> {
            if (!left.getAndSet(true)) {
                // Delivered, but nobody can write that down.
                world.databaseIsAway(true);
            }
        });
        IntStream.range(0, 20).forEach(i -> world.source.put("s", "key-" + i % 3, "meanwhile"));
        await().untilTrue(left);
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        world.databaseIsAway(false);

        world.awaitAllDelivered();
        await().until(() -> checkpoint(world).equals("40"));
        assertThat(world.destination.ids()).containsExactlyInAnyOrderElementsOf(world.source.ids());
    }

    @Test
    void anIntentOfWhichNobodyHeardThatItIsCommittedIsDeliveredAllTheSame() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        world.worker("a");
        world.source.put("s", "k", "before");
        world.awaitAllDelivered();
        await().until(() -> checkpoint(world).equals("1"));
        // Leases are renewed without transactions, so the next one is the intent's.
        world.loseTheNextAnswer();
        world.source.put("s", "k", "heard of by nobody");
        await().until(world::hasLostTheAnswer);

        world.awaitAllDelivered();
        await().until(() -> checkpoint(world).equals("2"));
    }

    @Test
    void aDeliveryWhoseEndIsCommittedWhileItIsBrokenOffDoesNotComeAgain() {
        DeliveryWorld world = opened(DeliveryWorld.with(DATABASE, AT_ONCE));
        world.source.shard("s");
        AtomicBoolean isFirst = new AtomicBoolean(true);
        world.destination.trouble(_ -> {
            if (isFirst.getAndSet(false)) {
                world.breakOffAtTheNextCommit();
            }
        });
        world.source.put("s", "k", "one");
        world.worker("a");
        await().until(() -> world.source.opened().size() == 2);

        world.source.put("s", "k", "two");

        world.awaitAllDelivered();
        await().until(() -> checkpoint(world).equals("2"));
        assertThat(world.destination.ids()).containsExactly("s:1:0", "s:2:0");
    }

    private DeliveryWorld opened(DeliveryWorld world) {
        open = world;
        return world;
    }

    private static String checkpoint(DeliveryWorld world) {
        return world.leases().isEmpty() ? "" : world.leases().getFirst().checkpoint();
    }

    private static JsonNode onlyError(DeliveryWorld world) {
        assertThat(world.errorLines()).hasSize(1);
        return JsonMapper.shared().readTree(world.errorLines().getFirst());
    }

    private static String rawData(JsonNode error) {
        return new String(Base64.getDecoder().decode(error.path("rawData").asString()), StandardCharsets.UTF_8);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
