package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.limit.ShardLimits;
import io.riacho.streams.limit.Throughput;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes shards that nothing is stored of. */
public final class TestShards {

    private static final long CREATION_SECOND = 1_700_000_000;

    private TestShards() {}

    public static Shard shard(int index, HashKeyRange range) {
        return shard(index, range, Shard.Lineage.NONE);
    }

    static Shard shard(int index, HashKeyRange range, Shard.Lineage lineage) {
        return new Shard(
                index + 1000L,
                index,
                range,
                lineage,
                CREATION_SECOND,
                Instant.ofEpochSecond(CREATION_SECOND),
                new ShardLimits(Throughput.UNLIMITED, () -> 0));
    }

    /** Open shards with even ranges. */
    public static ShardMap even(int count) {
        List<HashKeyRange> ranges = HashKeyRange.even(count);
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shards.add(shard(i, ranges.get(i)));
        }
        return new ShardMap(shards);
    }

    static BigInteger width(HashKeyRange range) {
        return range.end().toBigInteger().subtract(range.start().toBigInteger()).add(BigInteger.ONE);
    }

    /** Checks that every hash key lies in exactly one of the ranges, which are in order. */
    static void assertCoverTheRing(List<HashKeyRange> ranges) {
        assertThat(ranges.getFirst().start()).isEqualTo(HashKey.MIN);
        assertThat(ranges.getLast().end()).isEqualTo(HashKey.MAX);
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).start()).isEqualTo(ranges.get(i - 1).end().next());
        }
    }
}
