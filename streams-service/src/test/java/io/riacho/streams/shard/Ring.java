package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shards of a stream that is reshaped again and again; every plan is checked before it is carried out. */
final class Ring {

    private static final BigInteger TOLERANCE = BigInteger.TWO.pow(65);

    private ShardMap shards;
    private int nextIndex;

    Ring(int count) {
        shards = TestShards.even(count);
        nextIndex = count;
    }

    ShardMap shards() {
        return shards;
    }

    int everMade() {
        return nextIndex;
    }

    /** Indexes of the open shards in the order of their hash keys. */
    List<Integer> open() {
        return shards.open().stream().map(Shard::index).toList();
    }

    Ring reshape(Reshape... changes) {
        ReshapePlan plan = ReshapePlan.of(shards, List.of(changes), nextIndex);
        check(plan);
        Map<Integer, Shard> all = new HashMap<>();
        shards.all().forEach(shard -> all.put(shard.index(), shard));
        plan.closing().forEach(index -> all.computeIfPresent(index, (_, shard) -> shard.closed(Instant.EPOCH)));
        for (ReshapePlan.Arising arising : plan.arising()) {
            Shard shard = TestShards.shard(arising.index(), arising.range(), arising.lineage());
            all.put(arising.index(), arising.closedAtOnce() ? shard.closed(Instant.EPOCH) : shard);
        }
        shards = new ShardMap(all.values());
        nextIndex += plan.arising().size();
        TestShards.assertCoverTheRing(shards.open().stream().map(Shard::range).toList());
        return this;
    }

    /** Checks that the open shards are of even width, but for rounding. */
    void assertEven() {
        BigInteger width = BigInteger.TWO.pow(128).divide(BigInteger.valueOf(shards.openCount()));
        assertThat(shards.open())
                .allSatisfy(shard -> assertThat(
                                TestShards.width(shard.range()).subtract(width).abs())
                        .isLessThan(TOLERANCE));
    }

    private void check(ReshapePlan plan) {
        Map<Integer, HashKeyRange> ranges = new HashMap<>();
        shards.open().forEach(shard -> ranges.put(shard.index(), shard.range()));
        assertThat(plan.closing())
                .doesNotHaveDuplicates()
                .allSatisfy(index -> assertThat(ranges).containsKey(index));
        Set<Integer> parents = new HashSet<>();
        int index = nextIndex;
        for (ReshapePlan.Arising arising : plan.arising()) {
            assertThat(arising.index()).isEqualTo(index++);
            checkLineage(arising, ranges);
            parents.add(arising.lineage().parent().orElseThrow());
            arising.lineage().adjacentParent().ifPresent(parents::add);
            ranges.put(arising.index(), arising.range());
        }
        for (ReshapePlan.Arising arising : plan.arising()) {
            assertThat(arising.closedAtOnce()).isEqualTo(parents.contains(arising.index()));
        }
        assertThat(plan.closing())
                .containsExactlyInAnyOrderElementsOf(
                        parents.stream().filter(parent -> parent < nextIndex).toList());
    }

    /** A shard is a part of the one that was split, or the two that were merged together. */
    private static void checkLineage(ReshapePlan.Arising arising, Map<Integer, HashKeyRange> ranges) {
        HashKeyRange parent = range(ranges, arising.lineage().parent().orElseThrow());
        if (arising.lineage().adjacentParent().isPresent()) {
            HashKeyRange adjacent =
                    range(ranges, arising.lineage().adjacentParent().getAsInt());
            assertThat(parent.isAdjacentTo(adjacent)).isTrue();
            assertThat(arising.range()).isEqualTo(parent.union(adjacent));
        } else {
            assertThat(parent.contains(arising.range().start())).isTrue();
            assertThat(parent.contains(arising.range().end())).isTrue();
            assertThat(arising.range()).isNotEqualTo(parent);
        }
    }

    private static HashKeyRange range(Map<Integer, HashKeyRange> ranges, int index) {
        HashKeyRange range = ranges.get(index);
        if (range == null) {
            throw new AssertionError("shard " + index + " is a parent and not there");
        }
        return range;
    }
}
