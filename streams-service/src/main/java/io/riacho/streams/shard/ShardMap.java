package io.riacho.streams.shard;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All shards of a stream at one moment, open and closed, and the way from a hash key to the open shard that takes it.
 * Immutable.
 */
public final class ShardMap {

    private final List<Shard> byIndex;
    private final Shard[] open;
    /** Where the open shards' ranges start, side by side: thousands of shards are searched without touching them. */
    private final long[] startHigh;

    private final long[] startLow;

    public ShardMap(Collection<Shard> shards) {
        byIndex = shards.stream().sorted(Comparator.comparingInt(Shard::index)).toList();
        open = byIndex.stream()
                .filter(Shard::isOpen)
                .sorted(Comparator.comparing(shard -> shard.range().start()))
                .toArray(Shard[]::new);
        startHigh = Arrays.stream(open)
                .mapToLong(shard -> shard.range().start().high())
                .toArray();
        startLow = Arrays.stream(open)
                .mapToLong(shard -> shard.range().start().low())
                .toArray();
    }

    /** The open shard whose range holds the key. */
    public Shard route(long high, long low) {
        int from = 0;
        int to = open.length - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            int order = Long.compareUnsigned(startHigh[middle], high);
            if (order < 0 || (order == 0 && Long.compareUnsigned(startLow[middle], low) <= 0)) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return open[from];
    }

    /** Every shard, in the order of their indexes. */
    public List<Shard> all() {
        return byIndex;
    }

    /** The open shards in the order of their hash keys. */
    public List<Shard> open() {
        return Arrays.asList(open);
    }

    public int openCount() {
        return open.length;
    }

    public Optional<Shard> find(int index) {
        int from = 0;
        int to = byIndex.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            Shard shard = byIndex.get(middle);
            if (shard.index() == index) {
                return Optional.of(shard);
            }
            if (shard.index() < index) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return Optional.empty();
    }

    public Optional<Shard> find(String shardId) {
        var index = ShardIds.parse(shardId);
        return index.isPresent() ? find(index.getAsInt()) : Optional.empty();
    }

    public List<Shard> childrenOf(Shard parent) {
        return byIndex.stream().filter(shard -> shard.isChildOf(parent.index())).toList();
    }
}
