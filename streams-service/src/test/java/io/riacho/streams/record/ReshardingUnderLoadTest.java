package io.riacho.streams.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.TestKeyService;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads put while the stream is split, merged and scaled again and again. */
class ReshardingUnderLoadTest {

    private static final String NAME = "resharded";
    private static final int WRITERS = 8;
    private static final int KEYS_A_WRITER = 20;
    private static final int RESHAPES = 60;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private StreamsUnderTest service;

    /** By shard number, where a shard ended when it was first seen closed. */
    private final Map<Long, Long> ends = new HashMap<>();

    private volatile boolean finished;

    @BeforeEach
    void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Where a record is, as its writer was told. */
    private record Place(long shardNumber, long offset) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsLostNothingComesTwiceAndTheOrderByKeyIsKept(boolean encrypted) throws Exception {
        Stream stream = service.create(NAME, 2);
        if (encrypted) {
            stream = service.encrypt(NAME, TestKeyService.MANAGED);
        }
        assertThat(stream.encryption().isOn()).isEqualTo(encrypted);
        Map<Place, String> acknowledged = putWhileResharding();

        Map<String, List<Integer>> read = new HashMap<>();
        int count = 0;
        // A child's index is greater than its parents', so this is the order in which a consumer reads.
        for (Shard shard : service.stream(NAME).shards().all()) {
            for (StreamsUnderTest.Read record : service.read(shard)) {
                assertThat(acknowledged.get(new Place(shard.number(), record.offset())))
                        .isEqualTo(record.key() + " " + record.data());
                read.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(Integer.parseInt(record.data()));
                count++;
            }
        }
        assertThat(count).as("records read").isEqualTo(acknowledged.size());
        assertThat(read).hasSize(WRITERS * KEYS_A_WRITER);
        read.forEach((key, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as("place %s of key %s", i, key).isEqualTo(i);
            }
        });
    }

    @Test
    void everyRecordLiesInAShardWhoseRangeHoldsItsKey() throws Exception {
        Stream unused = service.create(NAME, 3);
        Map<Place, String> acknowledged = putWhileResharding();

        assertThat(acknowledged).isNotEmpty();
        for (Shard shard : service.stream(NAME).shards().all()) {
            for (StreamsUnderTest.Read record : service.read(shard)) {
                assertThat(shard.range().contains(md5(record.key()))).isTrue();
            }
        }
    }

    /** A consumer that has read a closed shard to its end goes on to the children and never comes back. */
    @Test
    void aClosedShardNeverGrows() throws Exception {
        Stream unused = service.create(NAME, 2);
        Map<Place, String> acknowledged = putWhileResharding();

        assertThat(acknowledged).isNotEmpty();
        assertThat(ends).hasSizeGreaterThan(RESHAPES / 2);
        ends.forEach((number, end) -> assertThat(service.log().endOffset(number))
                .as("end of shard %s", number)
                .isEqualTo(end));
    }

    private Map<Place, String> putWhileResharding() throws InterruptedException, ExecutionException {
        Map<Place, String> acknowledged = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<Place, String>>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Callable<Map<Place, String>> writer = new Writer(i);
                writers.add(threads.submit(writer));
            }
            try {
                reshapeAgainAndAgain();
            } finally {
                finished = true;
            }
            for (Future<Map<Place, String>> writer : writers) {
                acknowledged.putAll(writer.get());
            }
        }
        return acknowledged;
    }

    private void reshapeAgainAndAgain() {
        Random random = new Random(1);
        for (int i = 0; i < RESHAPES; i++) {
            List<Shard> open = service.stream(NAME).shards().open();
            int chosen = random.nextInt(open.size());
            Stream reshaped = service.reshape(NAME, change(open, chosen, random));
            reshaped.shards().all().stream()
                    .filter(shard -> !shard.isOpen())
                    .forEach(shard -> ends.computeIfAbsent(
                            shard.number(), number -> service.log().endOffset(number)));
        }
    }

    private static Reshape change(List<Shard> open, int chosen, Random random) {
        int kind = random.nextInt(3);
        if (kind == 0) {
            return new Reshape.Scale(1 + random.nextInt(8));
        }
        int index = open.get(chosen).index();
        return kind == 1 && chosen + 1 < open.size()
                ? new Reshape.Merge(index, open.get(chosen + 1).index())
                : new Reshape.Split(index, open.get(chosen).range().middle());
    }

    private static HashKey md5(String key) throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
        HashKey hash = HashKey.of(new java.math.BigInteger(1, digest));
        assertThat(HashKeyRange.WHOLE.contains(hash)).isTrue();
        return hash;
    }

    /**
     * Puts the next record of some of its keys, in batches, one batch after the other. Several batches go by what the
     * stream was before the first of them, as when a request takes its time.
     */
    private final class Writer implements Callable<Map<Place, String>> {

        private final RecordWriter writer =
                new RecordWriter(service.catalog(), service.log(), service.keys(), Tracing.OFF);
        private final Random random;
        private final int number;
        private final int[] next = new int[KEYS_A_WRITER];

        Writer(int number) {
            this.number = number;
            random = new Random(number);
        }

        @Override
        public Map<Place, String> call() {
            Map<Place, String> acknowledged = new HashMap<>();
            Stream stream = service.stream(NAME);
            while (!finished) {
                if (random.nextInt(5) == 0) {
                    stream = service.stream(NAME);
                }
                List<String> records = new ArrayList<>();
                PutBatch batch = new PutBatch(10);
                for (int i = random.nextInt(1, 30); i > 0; i--) {
                    int key = random.nextInt(KEYS_A_WRITER);
                    String name = "writer-" + number + "-key-" + key;
                    String data = Integer.toString(next[key]++);
                    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
                    batch.add(name.getBytes(StandardCharsets.UTF_8), bytes, 0, bytes.length, null);
                    records.add(name + " " + data);
                }
                Placed placed = writer.write(stream, batch, StreamsMeter.Put.OFF);
                for (int i = 0; i < records.size(); i++) {
                    Place place = new Place(placed.shard(i).number(), placed.offset(i));
                    assertThat(acknowledged.put(place, records.get(i))).isNull();
                }
            }
            return acknowledged;
        }
    }
}
