package io.riacho.firehose.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * A shard is delivered by lives that end at any step, as a killed process does. What a life leaves is what the database
 * and the destination have; a destination that is given the same delivery again has it once.
 */
class ShardBuffersProperties {

    private static final int RECORDS = 120;

    @Property(tries = 2_000)
    void everyRecordIsDeliveredOnceWhereverLivesEnd(@ForAll long seed) {
        World world = new World(new Random(seed));
        int lives = 0;
        while (!world.isDone()) {
            new Life(world).run();
            assertThat(++lives).isLessThan(10_000);
        }
        assertThat(world.deliveredRecords())
                .containsExactlyElementsOf(
                        world.shard.stream().map(SourceRecord::id).sorted().toList());
        assertThat(world.pending).isEmpty();
        assertThat(world.marks).isEmpty();
    }

    @Property(tries = 200)
    void recordsOfALaneAreDeliveredInTheirOrder(@ForAll long seed) {
        World world = new World(new Random(seed));
        for (int lives = 0; !world.isDone(); lives++) {
            new Life(world).run();
            assertThat(lives).isLessThan(10_000);
        }
        Map<String, BigInteger> last = new HashMap<>();
        world.order.forEach(id -> {
            List<SourceRecord> records = Objects.requireNonNull(world.objects.get(id));
            for (SourceRecord record : records) {
                BigInteger before = last.put(record.partitionKey(), record.position());
                assertThat(before == null || before.compareTo(record.position()) <= 0)
                        .isTrue();
            }
        });
    }

    /** What outlives lives. */
    private static final class World {

        final Random random;
        final List<SourceRecord> shard = new ArrayList<>();
        final Map<String, Intent> pending = new HashMap<>();
        final Map<String, BigInteger> marks = new HashMap<>();
        final Map<UUID, List<SourceRecord>> objects = new HashMap<>();
        final List<UUID> order = new ArrayList<>();

        @Nullable
        BigInteger checkpoint;

        World(Random random) {
            this.random = random;
            int partitions = 1 + random.nextInt(4);
            BigInteger position = BigInteger.ZERO;
            for (int i = 0; i < RECORDS; i++) {
                boolean aggregated = i > 0 && random.nextInt(4) == 0;
                position = aggregated ? position : position.add(BigInteger.valueOf(1 + random.nextInt(3)));
                int part = aggregated ? shard.getLast().part() + 1 : 0;
                shard.add(new SourceRecord(
                        "shard",
                        position,
                        part,
                        "p" + random.nextInt(partitions),
                        Instant.EPOCH,
                        new byte[random.nextInt(40)],
                        Map.of()));
            }
        }

        boolean isDone() {
            return shard.getLast().position().equals(checkpoint);
        }

        List<String> deliveredRecords() {
            return objects.values().stream()
                    .flatMap(List::stream)
                    .map(SourceRecord::id)
                    .sorted()
                    .toList();
        }

        void deliver(UUID id, List<SourceRecord> records) {
            List<SourceRecord> before = objects.put(id, records);
            if (before == null) {
                order.add(id);
            } else {
                assertThat(before).as("a repeat is the same").hasSameSizeAs(records);
                for (int i = 0; i < before.size(); i++) {
                    assertThat(before.get(i).id()).isEqualTo(records.get(i).id());
                }
            }
        }

        void advance(BigInteger done) {
            assertThat(checkpoint == null || done.compareTo(checkpoint) > 0).isTrue();
            checkpoint = done;
            marks.values().removeIf(mark -> mark.compareTo(done) <= 0);
        }

        void end(Intent intent, @Nullable BigInteger done) {
            if (done != null) {
                advance(done);
            }
            if (done == null || done.compareTo(intent.last()) < 0) {
                marks.put(intent.lane(), intent.last());
            }
            pending.remove(intent.lane());
        }
    }

    private static final class Life implements ShardBuffers.LaneListener {

        private final World world;
        private final Random random;
        private final ShardBuffers buffers;
        private final List<Lane> due = new ArrayList<>();
        private final TreeMap<String, Step> steps = new TreeMap<>();
        private final List<Intent> emptied = new ArrayList<>();
        private int next;

        /** What is under way in a lane. */
        private record Step(Cut cut, Intent intent, boolean delivered) {}

        Life(World world) {
            this.world = world;
            this.random = world.random;
            LanePlan plan = new LanePlan(
                    new BufferHints(1 + random.nextInt(150), Duration.ofHours(1)),
                    null,
                    new BufferHints(1, Duration.ZERO),
                    1 + random.nextInt(5));
            this.buffers = new ShardBuffers(plan, new ShardIntents(world.pending, world.marks), world.checkpoint, this);
            while (next < world.shard.size()
                    && world.checkpoint != null
                    && world.shard.get(next).position().compareTo(world.checkpoint) <= 0) {
                next++;
            }
        }

        void run() {
            int left = 1 + random.nextInt(60);
            while (left-- > 0 && !world.isDone()) {
                switch (random.nextInt(6)) {
                    case 0 -> read();
                    case 1 -> buffers.cutLargest();
                    case 2, 3, 4 -> step();
                    default -> {
                        if (next == world.shard.size()) {
                            buffers.cutAll();
                        }
                        BigInteger idle = buffers.advanceIdle();
                        if (idle != null) {
                            world.advance(idle);
                        }
                    }
                }
            }
        }

        private void read() {
            List<SourceRecord> records = new ArrayList<>();
            int wanted = 1 + random.nextInt(10);
            while (next < world.shard.size()
                    && (records.size() < wanted
                            || world.shard
                                    .get(next)
                                    .position()
                                    .equals(records.getLast().position()))) {
                records.add(world.shard.get(next++));
            }
            buffers.add(
                    records,
                    records.stream().map(Life::kept).toList(),
                    records.isEmpty() ? null : records.getLast().position());
        }

        private static ProcessedRecord kept(SourceRecord record) {
            return new ProcessedRecord.Kept(
                    new DeliveryRecord(record, record.data()),
                    new PartitionKeys(Map.of("p", record.partitionKey()), Map.of()));
        }

        /** One step of one lane: its intent, its delivery, or its end. */
        private void step() {
            if (!emptied.isEmpty()) {
                world.end(emptied.removeLast(), null);
                return;
            }
            if (due.isEmpty()) {
                return;
            }
            Lane lane = due.get(random.nextInt(due.size()));
            Step under = steps.get(lane.key());
            if (under == null) {
                Cut cut = buffers.next(lane);
                if (cut == null) {
                    due.remove(lane);
                } else {
                    Intent known = cut.intent();
                    Intent intent = known != null
                            ? known
                            : new Intent(
                                    new UUID(random.nextLong(), random.nextLong()),
                                    lane.key(),
                                    cut.after(),
                                    cut.last(),
                                    "1",
                                    Instant.EPOCH);
                    if (known == null) {
                        assertThat(world.pending.put(lane.key(), intent)).isNull();
                    }
                    steps.put(lane.key(), new Step(cut, intent, false));
                }
            } else if (!under.delivered) {
                world.deliver(
                        under.intent.id(),
                        under.cut.records().stream()
                                .map(record -> record.record().source())
                                .toList());
                steps.put(lane.key(), new Step(under.cut, under.intent, true));
            } else {
                world.end(under.intent, buffers.done(under.cut));
                steps.remove(lane.key());
            }
        }

        @Override
        public void due(Lane lane) {
            due.add(lane);
        }

        @Override
        public void skipped(long memory) {}

        @Override
        public void emptied(Intent intent) {
            emptied.add(intent);
        }
    }
}
