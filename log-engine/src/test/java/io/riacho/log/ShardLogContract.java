package io.riacho.log;

import static io.riacho.log.TestRecords.add;
import static io.riacho.log.TestRecords.append;
import static io.riacho.log.TestRecords.offsets;
import static io.riacho.log.TestRecords.put;
import static io.riacho.log.TestRecords.readAll;
import static io.riacho.log.TestRecords.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.TestRecords.Read;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ShardLog} does. An implementation's test extends this and says how one is opened. */
public abstract class ShardLogContract {

    private static final long SHARD = 7;
    private static final long OTHER_SHARD = 8;

    /** The time that the log under test sees; a test sets it. */
    protected volatile long now = 1_700_000_000_000L;

    protected final InstantSource clock = () -> Instant.ofEpochMilli(now);

    private final TestKeys keys = new TestKeys();

    @SuppressWarnings("NullAway.Init")
    private ShardLog log;

    /** Opens a log, always the same one within a test, that takes its time from {@link #clock}. */
    protected abstract ShardLog open(OpeningKeys openingKeys);

    /** Does now what the log would do in a while: rolls over to another segment, so that old ones can be dropped. */
    protected abstract void settle(ShardLog openLog);

    @BeforeEach
    void openLog() {
        log = open(keys);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void reopen() {
        log.close();
        log = open(keys);
    }

    @Test
    void aShardThatWasNeverAppendedToIsEmptyAndStartsAtZero() {
        assertThat(log.firstOffset(SHARD)).isZero();
        assertThat(log.endOffset(SHARD)).isZero();
        assertThat(log.offsetAt(SHARD, now)).isZero();
        assertThat(log.sizeInBytes(SHARD)).isZero();
        assertThat(texts(log, SHARD)).isEmpty();
    }

    @Test
    void whatWasAppendedIsReadBack() {
        put(log, SHARD, "a", "bb", "");

        assertThat(readAll(log, SHARD, 0))
                .containsExactly(
                        new Read(0, now, "key-1", "a"), new Read(1, now, "key-2", "bb"), new Read(2, now, "key-0", ""));
    }

    @Test
    void offsetsAreDenseAcrossAppends() {
        assertThat(offsets(put(log, SHARD, "a", "b"))).containsExactly(0L, 1L);
        assertThat(offsets(put(log, SHARD, "c"))).containsExactly(2L);
        assertThat(log.endOffset(SHARD)).isEqualTo(3);
    }

    @Test
    void oneAppendMayGoToManyShardsAndKeepsTheOrderInEach() {
        Append append = new Append(1);
        for (int i = 0; i < 500; i++) {
            add(append, 100 + i % 7, "r" + i);
        }

        Appended appended = log.append(append).join();

        for (int i = 0; i < 500; i++) {
            assertThat(appended.offset(i)).isEqualTo(i / 7);
        }
        for (int s = 0; s < 7; s++) {
            List<String> expected = new ArrayList<>();
            for (int i = s; i < 500; i += 7) {
                expected.add("r" + i);
            }
            assertThat(texts(log, 100 + s)).isEqualTo(expected);
        }
    }

    @Test
    void whoWatchesAShardIsToldOfItsRecordsOnlyAndUntilItStops() throws InterruptedException {
        Semaphore told = new Semaphore(0);
        Watching watching = log.onReadable(SHARD, told::release);

        put(log, OTHER_SHARD, "a");
        put(log, SHARD, "b");
        assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(log.endOffset(SHARD)).isEqualTo(1);
        put(log, SHARD, "c");
        assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        watching.close();
        Semaphore last = new Semaphore(0);
        log.onReadable(SHARD, last::release);
        put(log, SHARD, "d");
        assertThat(last.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told.availablePermits()).isZero();
    }

    @Test
    void aWatcherMissesNothingWhileManyAppend() throws InterruptedException {
        int records = 2000;
        Semaphore told = new Semaphore(0);
        log.onReadable(SHARD, told::release);
        Thread appends = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < records; i++) {
                put(log, SHARD, "r");
            }
        });

        while (log.endOffset(SHARD) < records) {
            assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }

        appends.join();
    }

    @Test
    void anAppendOfNothingSucceeds() {
        assertThat(log.append(new Append(0)).join().size()).isZero();
    }

    @Test
    void theCallersArraysMayBeUsedAgainOnceAppendReturns() {
        byte[] bytes = {'a'};
        Append append = new Append(1);
        append.add(SHARD, bytes, bytes, 0, 1);
        CompletableFuture<Appended> appended = log.append(append);
        bytes[0] = 'z';
        appended.join();

        assertThat(readAll(log, SHARD, 0)).containsExactly(new Read(0, now, "a", "a"));
    }

    @Test
    void readingStartsWithinABatch() {
        put(log, SHARD, "a", "b", "c", "d");

        assertThat(readAll(log, SHARD, 2)).extracting(Read::data).containsExactly("c", "d");
    }

    @Test
    void readingAtTheEndGivesNothingAndStaysThere() {
        put(log, SHARD, "a");
        LogChunk chunk = log.newChunk();

        log.read(SHARD, 1, Long.MIN_VALUE, 1000, chunk);

        assertThat(chunk.next()).isFalse();
        assertThat(chunk.nextOffset()).isEqualTo(1);
    }

    @Test
    void readingBehindTheEndGivesNothingAndStaysThere() {
        put(log, SHARD, "a");
        LogChunk chunk = log.newChunk();

        log.read(SHARD, 50, Long.MIN_VALUE, 1000, chunk);

        assertThat(chunk.next()).isFalse();
        assertThat(chunk.nextOffset()).isEqualTo(50);
    }

    @Test
    void aReadOfFewBytesStillGivesARecord() {
        put(log, SHARD, "x".repeat(5000));
        put(log, SHARD, "y".repeat(5000));
        LogChunk chunk = log.newChunk();

        log.read(SHARD, 0, Long.MIN_VALUE, 1, chunk);

        assertThat(chunk.next()).isTrue();
        assertThat(chunk.dataLength()).isEqualTo(5000);
    }

    @Test
    void aReadGivesAboutAsManyBytesAsItWasAskedFor() {
        for (int i = 0; i < 100; i++) {
            put(log, SHARD, "x".repeat(1000));
        }
        LogChunk chunk = log.newChunk();

        log.read(SHARD, 0, Long.MIN_VALUE, 20_000, chunk);

        int bytes = 0;
        while (chunk.next()) {
            bytes += chunk.dataLength();
        }
        assertThat(bytes).isBetween(10_000, 30_000);
    }

    @Test
    void aChunkIsFilledAgain() {
        put(log, SHARD, "a");
        put(log, OTHER_SHARD, "b");
        LogChunk chunk = log.newChunk();
        log.read(SHARD, 0, Long.MIN_VALUE, 1000, chunk);

        log.read(OTHER_SHARD, 0, Long.MIN_VALUE, 1000, chunk);

        assertThat(chunk.next()).isTrue();
        assertThat(chunk.array()[chunk.dataPosition()]).isEqualTo((byte) 'b');
        assertThat(chunk.next()).isFalse();
    }

    @Test
    void aLargeRecordIsKept() {
        String large = "0123456789".repeat(1 << 20);
        put(log, SHARD, "before", large, "after");

        assertThat(texts(log, SHARD)).containsExactly("before", large, "after");
    }

    @Test
    void recordsCarryTheTimeOfTheirArrival() {
        put(log, SHARD, "a");
        now += 10;
        Appended appended = put(log, SHARD, "b");

        assertThat(appended.timestamp()).isEqualTo(now);
        assertThat(readAll(log, SHARD, 0)).extracting(Read::timestamp).containsExactly(now - 10, now);
    }

    @Test
    void timeNeverGoesBackWithinAShard() {
        put(log, SHARD, "a");
        now -= 1000;
        put(log, SHARD, "b");

        assertThat(readAll(log, SHARD, 0)).extracting(Read::timestamp).containsExactly(now + 1000, now + 1000);
    }

    @Test
    void timeNeverGoesBackWithinAShardAcrossAReopening() {
        put(log, SHARD, "a");
        reopen();
        now -= 1000;
        put(log, SHARD, "b");

        assertThat(readAll(log, SHARD, 0)).extracting(Read::timestamp).containsExactly(now + 1000, now + 1000);
    }

    @Test
    void theOffsetAtATimeIsThatOfTheFirstRecordThatArrivedThenOrLater() {
        long start = now;
        for (int i = 0; i < 20; i++) {
            now = start + i * 10L;
            put(log, SHARD, "a", "b");
        }

        assertThat(log.offsetAt(SHARD, start - 5)).isZero();
        assertThat(log.offsetAt(SHARD, start)).isZero();
        assertThat(log.offsetAt(SHARD, start + 1)).isEqualTo(2);
        assertThat(log.offsetAt(SHARD, start + 100)).isEqualTo(20);
        assertThat(log.offsetAt(SHARD, start + 101)).isEqualTo(22);
        assertThat(log.offsetAt(SHARD, now + 1)).isEqualTo(40);
    }

    @Test
    void theOffsetAtATimeIsTheSameOnceTheRecordsAreInSegments() {
        long start = now;
        for (int i = 0; i < 20; i++) {
            now = start + i * 10L;
            put(log, SHARD, "a", "b");
        }
        settle(log);

        assertThat(log.offsetAt(SHARD, start)).isZero();
        assertThat(log.offsetAt(SHARD, start + 101)).isEqualTo(22);
        assertThat(log.offsetAt(SHARD, now)).isEqualTo(38);
        assertThat(log.offsetAt(SHARD, now + 1)).isEqualTo(40);
    }

    @Test
    void recordsBeforeAWantedTimeAreSkipped() {
        put(log, SHARD, "old", "old too");
        now += 10;
        put(log, SHARD, "new");

        assertThat(readAll(log, SHARD, 0, now, 1000)).extracting(Read::data).containsExactly("new");
    }

    @Test
    void everythingIsThereAfterAReopening() {
        put(log, SHARD, "a", "b");
        put(log, OTHER_SHARD, "c");
        List<Read> before = readAll(log, SHARD, 0);

        reopen();

        assertThat(readAll(log, SHARD, 0)).isEqualTo(before);
        assertThat(texts(log, OTHER_SHARD)).containsExactly("c");
        assertThat(log.endOffset(SHARD)).isEqualTo(2);
    }

    @Test
    void offsetsGoOnAfterAReopening() {
        put(log, SHARD, "a", "b");
        reopen();

        assertThat(offsets(put(log, SHARD, "c"))).containsExactly(2L);
        assertThat(texts(log, SHARD)).containsExactly("a", "b", "c");
    }

    @Test
    void aSealedShardTakesNoMoreRecords() {
        put(log, SHARD, "a");
        assertThat(log.seal(SHARD).join()).isEqualTo(1);

        Appended appended = put(log, SHARD, "b");

        assertThat(appended.isSealed(0)).isTrue();
        assertThat(texts(log, SHARD)).containsExactly("a");
    }

    @Test
    void theOtherShardsOfAnAppendTakeTheirRecordsWhenOneIsSealed() {
        log.seal(SHARD).join();
        Append append = new Append(3);
        add(append, OTHER_SHARD, "x");
        add(append, SHARD, "lost");
        add(append, OTHER_SHARD, "y");

        Appended appended = log.append(append).join();

        assertThat(offsets(appended)).containsExactly(0L, Appended.SEALED, 1L);
        assertThat(texts(log, OTHER_SHARD)).containsExactly("x", "y");
    }

    @Test
    void aSealComesBehindTheAppendsThatCameBefore() {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appends.add(log.append(append(SHARD, "r" + i)));
        }

        long end = log.seal(SHARD).join();

        assertThat(end).isEqualTo(100);
        assertThat(log.endOffset(SHARD)).isEqualTo(100);
        assertThat(appends).allSatisfy(a -> assertThat(a.join().isSealed(0)).isFalse());
    }

    @Test
    void aSealCanBeTakenBack() {
        put(log, SHARD, "a");
        log.seal(SHARD).join();
        log.unseal(SHARD);

        assertThat(offsets(put(log, SHARD, "b"))).containsExactly(1L);
    }

    @Test
    void aDeletedShardIsEmpty() {
        put(log, SHARD, "a");
        settle(log);
        put(log, SHARD, "b");

        log.delete(SHARD);

        assertThat(texts(log, SHARD)).isEmpty();
        assertThat(log.sizeInBytes(SHARD)).isZero();
    }

    @Test
    void aDeletedShardDoesNotComeBack() {
        put(log, SHARD, "a");
        put(log, OTHER_SHARD, "b");
        log.delete(SHARD);
        reopen();

        assertThat(texts(log, SHARD)).isEmpty();
        assertThat(texts(log, OTHER_SHARD)).containsExactly("b");
    }

    @Test
    void deletingAShardThatWasNeverAppendedToDoesNothing() {
        log.delete(SHARD);

        assertThat(log.endOffset(SHARD)).isZero();
    }

    @Test
    void oldRecordsAreDropped() {
        put(log, SHARD, "old", "old too");
        settle(log);
        now += 1000;
        put(log, SHARD, "new");
        settle(log);

        log.dropBefore(SHARD, now);

        assertThat(log.firstOffset(SHARD)).isEqualTo(2);
        assertThat(readAll(log, SHARD, 0)).extracting(Read::data).containsExactly("new");
    }

    @Test
    void recordsThatAreNotOldAreNotDropped() {
        put(log, SHARD, "a");
        settle(log);
        put(log, SHARD, "b");
        settle(log);

        log.dropBefore(SHARD, now);

        assertThat(texts(log, SHARD)).containsExactly("a", "b");
    }

    @Test
    void offsetsGoOnWhereEverythingWasDropped() {
        put(log, SHARD, "a", "b");
        settle(log);
        now += 1000;

        log.dropBefore(SHARD, now);

        assertThat(log.firstOffset(SHARD)).isEqualTo(2);
        assertThat(log.endOffset(SHARD)).isEqualTo(2);
        assertThat(offsets(put(log, SHARD, "c"))).containsExactly(2L);
        assertThat(texts(log, SHARD)).containsExactly("c");
    }

    @Test
    void offsetsGoOnAfterAReopeningWhereEverythingWasDropped() {
        put(log, SHARD, "a", "b");
        settle(log);
        now += 1000;
        log.dropBefore(SHARD, now);
        reopen();

        assertThat(log.firstOffset(SHARD)).isEqualTo(2);
        assertThat(offsets(put(log, SHARD, "c"))).containsExactly(2L);
    }

    @Test
    void whatWasDroppedDoesNotComeBack() {
        put(log, SHARD, "old");
        settle(log);
        now += 1000;
        put(log, SHARD, "new");
        settle(log);
        log.dropBefore(SHARD, now);
        reopen();

        assertThat(log.firstOffset(SHARD)).isEqualTo(1);
        assertThat(texts(log, SHARD)).containsExactly("new");
    }

    @Test
    void theSizeGrowsWithTheRecords() {
        put(log, SHARD, "x".repeat(10_000));

        assertThat(log.sizeInBytes(SHARD)).isBetween(10_000L, 20_000L);
    }

    @Test
    void recordsOfManyThreadsGetOffsetsOfTheirOwn() throws Exception {
        int threads = 8;
        int each = 200;
        List<CompletableFuture<List<Appended>>> work = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                String name = "t" + t + "-";
                work.add(CompletableFuture.supplyAsync(
                        () -> {
                            List<Appended> appended = new ArrayList<>();
                            for (int i = 0; i < each; i++) {
                                appended.add(put(log, SHARD, name + i));
                            }
                            return appended;
                        },
                        executor));
            }
        }
        List<Read> read = readAll(log, SHARD, 0);

        assertThat(read).hasSize(threads * each);
        for (int t = 0; t < threads; t++) {
            for (int i = 0; i < each; i++) {
                long offset = work.get(t).get().get(i).offset(0);
                assertThat(read.get((int) offset).data()).isEqualTo("t" + t + "-" + i);
                assertThat(read.get((int) offset).offset()).isEqualTo(offset);
            }
        }
    }

    @Test
    void anAcknowledgedRecordIsReadableAtOnce() {
        for (int i = 0; i < 200; i++) {
            put(log, SHARD, "r" + i);
            assertThat(readAll(log, SHARD, i)).extracting(Read::data).containsExactly("r" + i);
        }
    }

    private Appended putSealed(long shard, long key, String... data) {
        Append append = append(shard, data);
        append.sealWith(keys.key(key));
        return log.append(append).join();
    }

    @Test
    void encryptedRecordsAreReadLikeAnyOthers() {
        String large = "x".repeat(600_000);
        putSealed(SHARD, 1, "a", "", large, "bb");

        List<Read> expected = List.of(
                new Read(0, now, "key-1", "a"),
                new Read(1, now, "key-0", ""),
                new Read(2, now, "key-600000", large),
                new Read(3, now, "key-2", "bb"));
        assertThat(readAll(log, SHARD, 0)).isEqualTo(expected);
        settle(log);
        assertThat(readAll(log, SHARD, 0)).isEqualTo(expected);
        reopen();
        assertThat(readAll(log, SHARD, 0)).isEqualTo(expected);
        assertThat(readAll(log, SHARD, 3)).isEqualTo(expected.subList(3, 4));
    }

    @Test
    void anEncryptedAppendMayGoToManyShards() {
        Append append = new Append(1);
        append.sealWith(keys.key(1));
        for (int i = 0; i < 500; i++) {
            add(append, 100 + i % 7, "r" + i);
        }

        log.append(append).join();

        for (int s = 0; s < 7; s++) {
            List<String> expected = new ArrayList<>();
            for (int i = s; i < 500; i += 7) {
                expected.add("r" + i);
            }
            assertThat(texts(log, 100 + s)).isEqualTo(expected);
        }
    }

    @Test
    void encryptedAndPlainRecordsOfOneShardAlternate() {
        put(log, SHARD, "plain");
        putSealed(SHARD, 1, "sealed", "by 1");
        put(log, SHARD, "plain again");
        putSealed(SHARD, 2, "sealed by 2");

        List<String> expected = List.of("plain", "sealed", "by 1", "plain again", "sealed by 2");
        assertThat(texts(log, SHARD)).isEqualTo(expected);
        settle(log);
        reopen();
        assertThat(texts(log, SHARD)).isEqualTo(expected);
    }

    @Test
    void eachRecordSaysWhichKeyItWasEncryptedWith() {
        put(log, SHARD, "plain");
        putSealed(SHARD, 7, "sealed", "sealed");
        put(log, SHARD, "plain");
        LogChunk chunk = log.newChunk();

        log.read(SHARD, 0, Long.MIN_VALUE, 1 << 16, chunk);

        List<Long> keyIds = new ArrayList<>();
        while (chunk.next()) {
            keyIds.add(chunk.keyId());
        }
        assertThat(keyIds).containsExactly(LogChunk.NO_KEY, 7L, 7L, LogChunk.NO_KEY);
    }

    @Test
    void recordsWhoseKeyCannotBeHadFailToBeReadAndAreNotPassedOver() {
        putSealed(SHARD, 1, "one");
        putSealed(SHARD, 2, "two");
        putSealed(OTHER_SHARD, 1, "other");
        keys.takeAway(2);
        LogChunk chunk = log.newChunk();

        log.read(SHARD, 0, Long.MIN_VALUE, 1 << 16, chunk);
        assertThat(chunk.next()).isTrue();
        assertThat(chunk.next()).as("ends before what cannot be read").isFalse();
        assertThat(chunk.nextOffset()).isEqualTo(1);
        assertThatThrownBy(() -> log.read(SHARD, 1, Long.MIN_VALUE, 1 << 16, chunk))
                .isInstanceOfSatisfying(
                        KeyUnavailableException.class,
                        e -> assertThat(e.keyId()).isEqualTo(2));
        assertThat(chunk.next()).isFalse();
        assertThat(texts(log, OTHER_SHARD)).containsExactly("other");

        settle(log);
        assertThatThrownBy(() -> log.read(SHARD, 1, Long.MIN_VALUE, 1 << 16, chunk))
                .isInstanceOf(KeyUnavailableException.class);
        keys.giveBack(2);
        assertThat(texts(log, SHARD)).containsExactly("one", "two");
    }

    @Test
    void keepingAndFindingRecordsNeedsNoKey() {
        putSealed(SHARD, 1, "old");
        settle(log);
        now += 10_000;
        putSealed(SHARD, 2, "new");
        settle(log);
        keys.takeAway(1);
        keys.takeAway(2);

        assertThat(log.offsetAt(SHARD, now)).isEqualTo(1);
        assertThat(log.seal(SHARD).join()).isEqualTo(2);
        log.dropBefore(SHARD, now - 5_000);
        assertThat(log.firstOffset(SHARD)).isEqualTo(1);
        reopen();
        assertThat(log.endOffset(SHARD)).isEqualTo(2);
        keys.giveBack(2);
        assertThat(texts(log, SHARD)).containsExactly("new");
    }

    @Test
    void recordsThatAreTooOldToBeWantedArePassedOverWithoutTheirKey() {
        putSealed(SHARD, 1, "old");
        now += 10_000;
        putSealed(SHARD, 2, "new");
        keys.takeAway(1);

        assertThat(readAll(log, SHARD, 0, now, 1 << 16)).extracting(Read::data).containsExactly("new");
        settle(log);
        assertThat(readAll(log, SHARD, 0, now, 1 << 16)).extracting(Read::data).containsExactly("new");
    }

    @Test
    void theCallersArraysMayBeUsedAgainOnceAnEncryptedAppendReturns() {
        byte[] bytes = {'a'};
        Append append = new Append(1);
        append.sealWith(keys.key(1));
        append.add(SHARD, bytes, bytes, 0, 1);
        CompletableFuture<Appended> appended = log.append(append);
        assertThat(bytes).containsExactly('a');
        bytes[0] = 'z';
        appended.join();

        assertThat(readAll(log, SHARD, 0)).containsExactly(new Read(0, now, "a", "a"));
    }

    @Test
    void aClosedLogTakesNoAppends() {
        log.close();

        assertThatThrownBy(() -> put(log, SHARD, "a"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LogFailedException.class);
    }

    @Test
    void closingTwiceDoesNothing() {
        log.close();
        log.close();
    }
}
