package io.riacho.streams.shard;

import io.riacho.streams.shard.Shard.Lineage;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which shards close and which arise when a stream is reshaped. A shard has at most two parents, as in AWS, so scaling
 * to even ranges goes through shards that are closed as soon as they are made: shards are split at the new boundaries and
 * the pieces of each new range merged.
 *
 * @param closing indexes of the shards that close, of those that were there
 * @param arising the new shards, parents before children
 */
public record ReshapePlan(List<Integer> closing, List<Arising> arising) {

    /** @param closedAtOnce whether the shard is only a step on the way to others of the plan */
    public record Arising(int index, HashKeyRange range, Lineage lineage, boolean closedAtOnce) {}

    /**
     * @param firstIndex the index of the first new shard
     * @throws IllegalArgumentException where the shards are not there, or not as the change needs them
     */
    public static ReshapePlan of(ShardMap shards, List<Reshape> changes, int firstIndex) {
        Planner planner = new Planner(shards, firstIndex);
        for (Reshape change : changes) {
            switch (change) {
                case Reshape.Split split -> planner.split(split.shardIndex(), split.at());
                case Reshape.Merge merge -> planner.merge(merge.shardIndex(), merge.adjacentShardIndex());
                case Reshape.Scale scale -> planner.scale(scale.shardCount());
            }
        }
        return planner.plan();
    }

    private static final class Planner {

        /** More than rounding makes of a boundary, however often it was rounded, and far less than any even range. */
        private static final BigInteger ROUNDING = BigInteger.ONE.shiftLeft(64);

        private final Map<Integer, HashKeyRange> open = new LinkedHashMap<>();
        private final List<Integer> closing = new ArrayList<>();
        private final List<Arising> arising = new ArrayList<>();
        private final int firstIndex;

        Planner(ShardMap shards, int firstIndex) {
            shards.open().forEach(shard -> open.put(shard.index(), shard.range()));
            this.firstIndex = firstIndex;
        }

        /** Returns the index of the upper child. */
        int split(int index, HashKey at) {
            HashKeyRange range = rangeOf(index);
            if (range.start().compareTo(at) >= 0 || range.end().compareTo(at) < 0) {
                throw new IllegalArgumentException("shard " + index + " cannot be split at " + at);
            }
            close(index);
            arise(new HashKeyRange(range.start(), at.previous()), Lineage.splitOf(index));
            return arise(new HashKeyRange(at, range.end()), Lineage.splitOf(index));
        }

        int merge(int index, int adjacentIndex) {
            HashKeyRange range = rangeOf(index);
            HashKeyRange adjacent = rangeOf(adjacentIndex);
            if (!range.isAdjacentTo(adjacent)) {
                throw new IllegalArgumentException("shards " + index + " and " + adjacentIndex + " are not adjacent");
            }
            close(index);
            close(adjacentIndex);
            return arise(range.union(adjacent), Lineage.mergeOf(index, adjacentIndex));
        }

        /** Goes through the ring once and makes each new range of the pieces that lie in it, as AWS does. */
        void scale(int shardCount) {
            Deque<Integer> queue = new ArrayDeque<>(byStart());
            for (HashKeyRange target : evenRanges(shardCount)) {
                int made = pieceWithin(target, queue);
                while (!rangeOf(made).end().equals(target.end())) {
                    made = merge(made, pieceWithin(target, queue));
                }
            }
        }

        private int pieceWithin(HashKeyRange target, Deque<Integer> queue) {
            int next = queue.removeFirst();
            if (rangeOf(next).end().compareTo(target.end()) <= 0) {
                return next;
            }
            int upper = split(next, target.end().next());
            queue.addFirst(upper);
            return upper - 1;
        }

        /**
         * Even ranges, but along the boundaries that are there where they differ by rounding only: else doubling three
         * shards would leave shards of a few hash keys between them.
         */
        private List<HashKeyRange> evenRanges(int shardCount) {
            TreeMap<BigInteger, HashKey> boundaries = new TreeMap<>();
            open.values().forEach(range -> boundaries.put(range.start().toBigInteger(), range.start()));
            List<HashKey> starts = HashKeyRange.even(shardCount).stream()
                    .map(range -> {
                        BigInteger start = range.start().toBigInteger();
                        var near = boundaries.subMap(start.subtract(ROUNDING), true, start.add(ROUNDING), true);
                        return near.isEmpty()
                                ? range.start()
                                : near.firstEntry().getValue();
                    })
                    .toList();
            List<HashKeyRange> ranges = new ArrayList<>(shardCount);
            for (int i = 0; i < shardCount; i++) {
                ranges.add(new HashKeyRange(
                        starts.get(i),
                        i == shardCount - 1 ? HashKey.MAX : starts.get(i + 1).previous()));
            }
            return ranges;
        }

        ReshapePlan plan() {
            return new ReshapePlan(List.copyOf(closing), List.copyOf(arising));
        }

        private List<Integer> byStart() {
            return open.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getValue().start()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private HashKeyRange rangeOf(int index) {
            HashKeyRange range = open.get(index);
            if (range == null) {
                throw new IllegalArgumentException("shard " + index + " is not open");
            }
            return range;
        }

        private void close(int index) {
            open.remove(index);
            if (index < firstIndex) {
                closing.add(index);
            } else {
                Arising step = arising.get(index - firstIndex);
                arising.set(index - firstIndex, new Arising(step.index(), step.range(), step.lineage(), true));
            }
        }

        private int arise(HashKeyRange range, Lineage lineage) {
            int index = firstIndex + arising.size();
            arising.add(new Arising(index, range, lineage, false));
            open.put(index, range);
            return index;
        }
    }
}
