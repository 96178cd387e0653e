package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyRangeTest {

    @Test
    void threeEvenRangesAreThoseOfAws() {
        assertThat(HashKeyRange.even(3))
                .containsExactly(
                        range("0", "113427455640312821154458202477256070484"),
                        range("113427455640312821154458202477256070485", "226854911280625642308916404954512140969"),
                        range("226854911280625642308916404954512140970", "340282366920938463463374607431768211455"));
    }

    @Test
    void aSingleRangeIsTheWholeRing() {
        assertThat(HashKeyRange.even(1)).containsExactly(HashKeyRange.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64, 1000, 9_999, 10_000})
    void evenRangesCoverTheRingAndDifferByRoundingOnly(int count) {
        List<HashKeyRange> ranges = HashKeyRange.even(count);
        BigInteger width = BigInteger.TWO.pow(128).divide(BigInteger.valueOf(count));

        assertThat(ranges).hasSize(count);
        TestShards.assertCoverTheRing(ranges);
        assertThat(ranges)
                .allSatisfy(range -> assertThat(TestShards.width(range).subtract(width))
                        .isBetween(BigInteger.ZERO, BigInteger.valueOf(count)));
    }

    @Test
    void aRangeHoldsBothOfItsEnds() {
        HashKeyRange range = range("10", "20");

        assertThat(range.contains(HashKey.parse("10"))).isTrue();
        assertThat(range.contains(HashKey.parse("20"))).isTrue();
        assertThat(range.contains(HashKey.parse("9"))).isFalse();
        assertThat(range.contains(HashKey.parse("21"))).isFalse();
    }

    @Test
    void neighboursAreAdjacentInEitherOrderAndUnite() {
        HashKeyRange lower = range("10", "20");
        HashKeyRange upper = range("21", "30");

        assertThat(lower.isFollowedBy(upper)).isTrue();
        assertThat(upper.isFollowedBy(lower)).isFalse();
        assertThat(upper.isAdjacentTo(lower)).isTrue();
        assertThat(upper.union(lower)).isEqualTo(range("10", "30"));
        assertThat(lower.isAdjacentTo(range("22", "30"))).isFalse();
    }

    @Test
    void theRingsEndIsNotAdjacentToItsBeginning() {
        HashKeyRange last = new HashKeyRange(HashKey.parse("21"), HashKey.MAX);

        assertThat(last.isAdjacentTo(range("0", "20"))).isTrue();
        assertThat(last.isFollowedBy(range("0", "20"))).isFalse();
    }

    @Test
    void aRangeOfOneKeyCannotBeSplit() {
        assertThat(range("10", "10").isSplittable()).isFalse();
        assertThat(range("10", "11").middle()).isEqualTo(HashKey.parse("11"));
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> range("20", "10"));
    }

    @Test
    void numbersOffTheRingAreRefused() {
        String first = "340282366920938463463374607431768211456";

        assertThat(HashKey.isOnRing("340282366920938463463374607431768211455")).isTrue();
        assertThat(HashKey.isOnRing(first)).isFalse();
        assertThat(HashKey.isOnRing("1".repeat(40))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> HashKey.parse(first));
        assertThatIllegalArgumentException().isThrownBy(() -> HashKey.parse("-1"));
    }

    private static HashKeyRange range(String start, String end) {
        return new HashKeyRange(HashKey.parse(start), HashKey.parse(end));
    }
}
