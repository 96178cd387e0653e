package io.riacho.streams.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.Append;
import io.riacho.log.Appended;
import io.riacho.log.LogChunk;
import io.riacho.log.LogFailedException;
import io.riacho.log.ShardLog;
import io.riacho.log.Watching;
import io.riacho.protocol.WireFormat;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.TestWire;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.record.GetOperations;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.token.SealedTokens;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;

/** Retention over a real log of small segments, on a clock that a test moves. */
class RetentionSweepTest {

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final String LARGE = "x".repeat(1000);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    private final String name = "kept-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void wholeSegmentsGoOnceAllOfTheirRecordsAreTooOld() {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        for (int i = 0; i < 10; i++) {
            service.put(shard, "k", LARGE);
            service.clock().advance(Duration.ofMinutes(1));
        }
        service.log().flush();
        service.clock().advance(RETENTION.minusMinutes(5));
        long size = service.log().sizeInBytes(shard.number());

        sweep(service.log());

        long first = service.log().firstOffset(shard.number());
        assertThat(first).as("a segment of 4 KiB that is too old went").isPositive();
        assertThat(first).as("what is not too old stays").isLessThanOrEqualTo(5);
        assertThat(service.log().sizeInBytes(shard.number())).isLessThan(size);
    }

    @Test
    void nothingGoesBeforeItsTime() {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        service.put(shard, "k", LARGE);
        service.log().flush();
        service.clock().advance(RETENTION);

        sweep(service.log());

        assertThat(service.read(shard)).hasSize(1);
    }

    @Test
    void readersSeeTheExactTrimHorizonWhateverTheSegments() throws IOException {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        service.put(shard, "k", "first");
        service.clock().advance(Duration.ofMillis(1));
        service.put(shard, "k", "second");
        service.log().flush();
        service.clock().advance(RETENTION.minusMillis(1));

        assertThat(got(shard)).containsExactly("first", "second");
        service.clock().advance(Duration.ofMillis(1));
        assertThat(got(shard)).containsExactly("second");
        service.clock().advance(Duration.ofMillis(1));
        assertThat(got(shard)).isEmpty();
        assertThat(service.read(shard)).as("what the log still has").hasSize(2);
    }

    @Test
    void theTrimHorizonIsExactForRecordsThatAreOnlyInTheJournalToo() throws IOException {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        service.put(shard, "k", "first");
        service.clock().advance(Duration.ofMillis(1));
        service.put(shard, "k", "second");
        service.clock().advance(RETENTION);

        assertThat(got(shard)).containsExactly("second");
    }

    @Test
    void aLongerRetentionPeriodKeepsRecordsForLonger() throws IOException {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        Stream unused = service.catalog()
                .change(
                        service.stream(name),
                        stream -> stream.changed().retentionHours(48).done());
        service.put(shard, "k", "kept");
        service.log().flush();
        service.clock().advance(Duration.ofHours(48));

        sweep(service.log());

        assertThat(got(shard)).containsExactly("kept");
        service.clock().advance(Duration.ofMillis(1));
        assertThat(got(shard)).isEmpty();
    }

    @Test
    void aClosedShardVanishesAfterRetentionAndItsChildrenStay() {
        Shard parent = service.create(name, 1).shards().open().getFirst();
        service.put(parent, "k", LARGE);
        Stream split = service.reshape(name, new Reshape.Split(0, HashKey.parse("1000")));
        service.log().flush();
        service.clock().advance(RETENTION);
        sweep(service.log());
        assertThat(service.stream(name)).isSameAs(split);

        service.clock().advance(Duration.ofMillis(1));
        sweep(service.log());

        assertThat(service.stream(name).shards().all()).extracting(Shard::index).containsExactly(1, 2);
        assertThat(service.log().sizeInBytes(parent.number())).isZero();
        assertThat(service.stream(name).nextShardIndex()).isEqualTo(3);
    }

    @Test
    void aVanishedShardStaysAwayAfterARestart() {
        service.create(name, 1);
        service.reshape(name, new Reshape.Split(0, HashKey.parse("1000")));
        service.clock().advance(RETENTION.plusMillis(1));
        sweep(service.log());

        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.stream(name).shards().all()).extracting(Shard::index).containsExactly(1, 2);
    }

    @Test
    void aShardWhoseFilesCouldNotBeDeletedIsDeletedLater() {
        Shard parent = service.create(name, 1).shards().open().getFirst();
        service.put(parent, "k", LARGE);
        service.reshape(name, new Reshape.Split(0, HashKey.parse("1000")));
        service.log().flush();
        service.clock().advance(RETENTION.plusMillis(1));

        sweep(new DeletesNothing(service.log()));
        sweep(service.log());

        assertThat(service.log().sizeInBytes(parent.number())).isZero();
        assertThat(service.stream(name).shards().find(0)).isEmpty();
    }

    private static void sweep(ShardLog log) {
        new RetentionSweep(service.catalog(), log, service.clock()).run();
    }

    /** The data that GetRecords gives from the trim horizon on. */
    private List<String> got(Shard shard) throws IOException {
        SealedTokens tokens = new SealedTokens(new SecretKeySpec(new byte[16], "AES"));
        ShardIterators iterators = new ShardIterators(tokens, service.clock());
        GetOperations operations = new GetOperations(
                service.catalog(),
                service.streams().resolver(),
                new StreamAccess(service.catalog(), service.streams().resolver(), service.consumers()),
                service.keyAccess(),
                iterators,
                service.log(),
                StreamsMeter.OFF,
                service.clock(),
                Tracing.OFF);
        String iterator = iterators.give(name, service.stream(name).id(), shard.index(), 0);
        TestWire.Response response = new TestWire.Response(WireFormat.JSON);
        operations.getRecords(
                TestWire.request(
                        WireFormat.JSON,
                        GetRecordsRequest.builder().shardIterator(iterator).build()),
                response);
        return response.tree().path("Records").values().stream()
                .map(record -> Base64.getDecoder().decode(record.path("Data").stringValue()))
                .map(data -> new String(data, StandardCharsets.UTF_8))
                .toList();
    }

    /** A log that fails to delete, as when the process dies just then. */
    private record DeletesNothing(ShardLog log) implements ShardLog {

        @Override
        public CompletableFuture<Appended> append(Append append) {
            return log.append(append);
        }

        @Override
        public void read(long shard, long fromOffset, long fromTimestamp, int maxBytes, LogChunk chunk) {
            log.read(shard, fromOffset, fromTimestamp, maxBytes, chunk);
        }

        @Override
        public LogChunk newChunk() {
            return log.newChunk();
        }

        @Override
        public long firstOffset(long shard) {
            return log.firstOffset(shard);
        }

        @Override
        public long endOffset(long shard) {
            return log.endOffset(shard);
        }

        @Override
        public long offsetAt(long shard, long timestamp) {
            return log.offsetAt(shard, timestamp);
        }

        @Override
        public CompletableFuture<Long> seal(long shard) {
            return log.seal(shard);
        }

        @Override
        public void unseal(long shard) {
            log.unseal(shard);
        }

        @Override
        public Watching onReadable(long shard, Runnable action) {
            return log.onReadable(shard, action);
        }

        @Override
        public void dropBefore(long shard, long timestamp) {
            log.dropBefore(shard, timestamp);
        }

        @Override
        public void delete(long shard) {
            throw new LogFailedException("no deletion today");
        }

        @Override
        public long sizeInBytes(long shard) {
            return log.sizeInBytes(shard);
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
