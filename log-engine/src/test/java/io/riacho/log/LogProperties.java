package io.riacho.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.TestRecords.Read;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds for any records, and any order of what is done with them. */
class LogProperties {

    private static final int SHARDS = 3;

    private record Step(What what, int shard, int number, int length) {}

    private enum What {
        APPEND,
        APPEND_TO_ALL,
        FLUSH,
        REOPEN,
        PASS_TIME,
        DROP,
        READ,
        FIND_TIME
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.integers().between(0, SHARDS - 1),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 3000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** A log as simple as can be. */
    private static final class Model {
        final Map<Integer, List<Read>> shards = new HashMap<>();
        final Map<Integer, Long> first = new HashMap<>();

        List<Read> shard(int shard) {
            return shards.computeIfAbsent(shard, s -> new ArrayList<>());
        }
    }

    @Property(tries = 60)
    void theLogDoesWhatASimpleListDoes(@ForAll("steps") List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("log-properties");
        AtomicLong now = new AtomicLong(1_000_000);
        LogSettings settings = TestLogs.small(folder)
                .clock(() -> Instant.ofEpochMilli(now.get()))
                .journalFileBytes(256 << 10)
                .bufferBytes(1 << 20)
                .segmentBytes(20_000)
                .segmentAge(Duration.ofMillis(50))
                .indexInterval(500)
                .openSegments(2)
                .build();
        Model model = new Model();
        EmbeddedShardLog log = EmbeddedShardLog.open(settings);
        try {
            for (Step step : steps) {
                switch (step.what()) {
                    case APPEND -> append(log, model, step, now.get(), false);
                    case APPEND_TO_ALL -> append(log, model, step, now.get(), true);
                    case FLUSH -> log.flush();
                    case REOPEN -> {
                        log.close();
                        log = EmbeddedShardLog.open(settings);
                    }
                    case PASS_TIME -> now.addAndGet(step.number());
                    case DROP -> drop(log, model, step, now.get());
                    case READ -> read(log, model, step);
                    case FIND_TIME -> findTime(log, model, step, now.get());
                }
            }
            for (int shard = 0; shard < SHARDS; shard++) {
                read(log, model, new Step(What.READ, shard, 0, 0));
            }
            assertThat(log.statistics().damagedPlaces()).isZero();
        } finally {
            log.close();
            delete(folder);
        }
    }

    private static void append(ShardLog log, Model model, Step step, long now, boolean toAll) {
        Append append = new Append(1);
        for (int i = 0; i < step.number(); i++) {
            int shard = toAll ? i % SHARDS : step.shard();
            String data = "x".repeat(step.length() / (1 + i % 3)) + i;
            TestRecords.add(append, shard, data);
            model.shard(shard).add(new Read(model.shard(shard).size(), now, "key-" + data.length(), data));
        }
        Appended appended = log.append(append).join();
        for (int i = step.number() - 1, back = 1; i >= 0 && !toAll; i--, back++) {
            assertThat(appended.offset(i)).isEqualTo(model.shard(step.shard()).size() - back);
        }
    }

    /** Whole segments go: some of the old records, from the first on, and no others. */
    private static void drop(ShardLog log, Model model, Step step, long now) {
        long before = now - step.number();
        log.dropBefore(step.shard(), before);
        long first = log.firstOffset(step.shard());
        assertThat(first)
                .isGreaterThanOrEqualTo(model.first.getOrDefault(step.shard(), 0L))
                .isLessThanOrEqualTo(firstFrom(model, step.shard(), before, 0));
        model.first.put(step.shard(), first);
    }

    private static long firstFrom(Model model, int shard, long time, long from) {
        List<Read> records = model.shard(shard);
        int i = (int) from;
        while (i < records.size() && records.get(i).timestamp() < time) {
            i++;
        }
        return i;
    }

    private static void read(ShardLog log, Model model, Step step) {
        List<Read> all = model.shard(step.shard());
        int first = model.first.getOrDefault(step.shard(), 0L).intValue();
        int from = Math.min(step.number(), all.size());
        assertThat(log.endOffset(step.shard())).isEqualTo(all.size());
        assertThat(log.firstOffset(step.shard())).isEqualTo(first);
        assertThat(TestRecords.readAll(log, step.shard(), from, Long.MIN_VALUE, 1 + step.length()))
                .isEqualTo(all.subList(Math.max(first, from), all.size()));
    }

    private static void findTime(ShardLog log, Model model, Step step, long now) {
        long time = now - step.number();
        long first = model.first.getOrDefault(step.shard(), 0L);
        long expected = firstFrom(model, step.shard(), time, first);
        assertThat(log.offsetAt(step.shard(), time)).isEqualTo(expected);
        assertThat(TestRecords.readAll(log, step.shard(), 0, time, 1000))
                .isEqualTo(model.shard(step.shard())
                        .subList((int) expected, model.shard(step.shard()).size()));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 300)
    void aBatchIsReadAsItWasWritten(
            @ForAll @Size(min = 1, max = 20) List<@Size(max = 300) byte[]> records,
            @ForAll long shard,
            @ForAll @LongRange(max = 1L << 60) long offset,
            @ForAll long timestamp,
            @ForAll int salt,
            @ForAll boolean sealed) {
        ShardTable shards = new ShardTable();
        Append append = new Append(1);
        TestKeys keys = new TestKeys();
        if (sealed) {
            append.sealWith(keys.key(5));
        }
        for (byte[] data : records) {
            append.add(shard, new byte[] {1, 2}, data, data.length / 2, data.length - data.length / 2);
        }
        BufferPool pool = new BufferPool(1 << 20);
        EncodedAppend encoded = new AppendEncoder(shards, pool, 1 << 20).encode(append);
        Shard known = shards.getOrMake(shard);
        known.nextOffset = offset;
        known.lastTimestamp = timestamp;
        Frame frame = new Frame(salt);
        frame.clear();
        encoded.assign(frame, Long.MIN_VALUE);
        ByteBuffer written = frame.parts(1, 1)[1];
        ReadChunk chunk = new ReadChunk(keys);
        chunk.buffer(written.remaining()).put(written);

        assertThat(chunk.take(shard, offset, Long.MIN_VALUE, 1 << 20, salt)).isEqualTo(ReadChunk.Found.RECORDS);
        for (int i = 0; i < records.size(); i++) {
            byte[] data = records.get(i);
            assertThat(chunk.next()).isTrue();
            assertThat(chunk.offset()).isEqualTo(offset + i);
            assertThat(chunk.timestamp()).isEqualTo(timestamp);
            assertThat(chunk.keyLength()).isEqualTo(2);
            assertThat(ByteBuffer.wrap(chunk.array(), chunk.dataPosition(), chunk.dataLength()))
                    .isEqualTo(ByteBuffer.wrap(data, data.length / 2, data.length - data.length / 2));
        }
        assertThat(chunk.next()).isFalse();
        assertThat(chunk.nextOffset()).isEqualTo(offset + records.size());
    }

    @Property(tries = 300)
    void anIndexNeverLeadsBehindWhatIsLookedFor(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 56, max = 5000) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 20_000) int interval,
            @ForAll @IntRange(max = 100) int step) {
        SegmentIndex index = new SegmentIndex(2, interval);
        long position = SegmentFormat.HEADER_BYTES;
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            index.add(i * 3L, i / 2 * (long) step, position, lengths.get(i));
            positions.add(position);
            position += lengths.get(i);
        }
        for (int i = 0; i < lengths.size(); i++) {
            assertThat(index.floor(i * 3L + 1)).isLessThanOrEqualTo(positions.get(i));
            assertThat(positions.get(i) - index.floor(i * 3L + 1)).isLessThan(interval);
            assertThat(index.floorByTime(i / 2 * (long) step)).isLessThanOrEqualTo(positions.get(i / 2 * 2));
        }
        SegmentIndex read = new SegmentIndex(2, interval);
        assertThat(read.decode(index.encode(1, position), Path.of("x"), 1, position))
                .isTrue();
        assertThat(read.encode(1, position)).isEqualTo(index.encode(1, position));
    }

    @Property(tries = 200)
    void aCheckpointIsReadAsItWasWritten(
            @ForAll @Size(max = 30) List<@Size(max = 5) List<Long>> shards, @ForAll int salt, @ForAll long lsn) {
        List<LogCheckpoint.ShardState> states = new ArrayList<>();
        for (List<Long> longs : shards) {
            List<Segment> segments = longs.stream()
                    .map(l -> new Segment(l, l + 1, l + 2, l + 3, l + 4, l % 2 == 0))
                    .toList();
            states.add(new LogCheckpoint.ShardState(states.size(), lsn + 1, lsn + 2, lsn + 3, segments));
        }
        LogCheckpoint checkpoint = new LogCheckpoint(salt, lsn, 5, states);

        assertThat(LogCheckpoint.decode(checkpoint.encode(), Path.of("x"))).isEqualTo(checkpoint);
    }

    @Property(tries = 200)
    void shardsAreFoundByTheirNumbers(@ForAll @Size(max = 500) List<Long> numbers) {
        ShardTable table = new ShardTable();
        Map<Long, Shard> expected = new HashMap<>();
        for (long number : numbers) {
            Shard shard = table.getOrMake(number);
            assertThat(expected.computeIfAbsent(number, n -> shard)).isSameAs(shard);
        }
        for (long number : numbers) {
            assertThat(table.get(number)).isSameAs(expected.get(number));
        }
        assertThat(table.all()).hasSize(expected.size());
    }
}
