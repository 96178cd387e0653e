package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShardMapProperties {

    @Property
    void aHashKeyIsRoutedToTheOpenShardWhoseRangeHoldsIt(
            @ForAll("boundaries") Set<BigInteger> boundaries, @ForAll("numbers") BigInteger number) {
        ShardMap shards = shards(boundaries);
        List<BigInteger> tried = new ArrayList<>(boundaries);
        tried.add(number);

        for (BigInteger key : tried) {
            HashKey hashKey = HashKey.of(key);
            Shard naive = shards.all().stream()
                    .filter(Shard::isOpen)
                    .filter(shard -> shard.range().contains(hashKey))
                    .findAny()
                    .orElseThrow();
            assertThat(shards.route(hashKey.high(), hashKey.low())).isSameAs(naive);
        }
    }

    @Property
    void aShardIsFoundByItsIndexEvenWhereOthersAreGone(
            @ForAll Set<@net.jqwik.api.constraints.IntRange(max = 50) Integer> indexes) {
        ShardMap shards = new ShardMap(indexes.stream()
                .map(index -> TestShards.shard(index, HashKeyRange.WHOLE).closed(Instant.EPOCH))
                .toList());

        for (int index = 0; index <= 50; index++) {
            assertThat(shards.find(index).isPresent()).isEqualTo(indexes.contains(index));
        }
        assertThat(shards.all()).extracting(Shard::index).containsExactlyElementsOf(new TreeSet<>(indexes));
    }

    /** Open shards that begin at the boundaries, their indexes against the order of the ring, and a closed one over all. */
    private static ShardMap shards(Set<BigInteger> boundaries) {
        TreeSet<BigInteger> starts = new TreeSet<>(boundaries);
        starts.add(BigInteger.ZERO);
        List<Shard> shards = new ArrayList<>();
        HashKey end = HashKey.MAX;
        for (BigInteger start : starts.descendingSet()) {
            HashKey from = HashKey.of(start);
            shards.add(TestShards.shard(shards.size() + 1, new HashKeyRange(from, end)));
            end = start.signum() == 0 ? end : from.previous();
        }
        shards.add(TestShards.shard(0, HashKeyRange.WHOLE).closed(Instant.EPOCH));
        return new ShardMap(shards);
    }

    @Provide
    Arbitrary<Set<BigInteger>> boundaries() {
        return HashKeyProperties.numbersOnTheRing().set().ofMaxSize(40);
    }

    @Provide
    Arbitrary<BigInteger> numbers() {
        return HashKeyProperties.numbersOnTheRing();
    }
}
