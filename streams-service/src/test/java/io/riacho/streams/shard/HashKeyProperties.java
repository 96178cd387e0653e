package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HashKeyProperties {

    private static final BigInteger MAX = HashKey.MAX.toBigInteger();

    @Property
    void aNumberSurvivesTheWayToAHashKeyAndBack(@ForAll("numbers") BigInteger number) {
        assertThat(HashKey.of(number).toBigInteger()).isEqualTo(number);
        assertThat(HashKey.parse(number.toString())).isEqualTo(HashKey.of(number));
        assertThat(HashKey.of(number)).hasToString(number.toString());
    }

    @Property
    void hashKeysAreInTheOrderOfTheirNumbers(@ForAll("numbers") BigInteger a, @ForAll("numbers") BigInteger b) {
        assertThat(Integer.signum(HashKey.of(a).compareTo(HashKey.of(b)))).isEqualTo(a.compareTo(b));
    }

    @Property
    void theNextHashKeyIsOneFurther(@ForAll("numbers") BigInteger number) {
        Assume.that(!number.equals(MAX));
        HashKey key = HashKey.of(number);

        assertThat(key.next().toBigInteger()).isEqualTo(number.add(BigInteger.ONE));
        assertThat(key.next().previous()).isEqualTo(key);
    }

    @Property
    void theMiddleOfARangeBeginsItsUpperHalf(@ForAll("numbers") BigInteger a, @ForAll("numbers") BigInteger b) {
        Assume.that(!a.equals(b));
        HashKeyRange range = new HashKeyRange(HashKey.of(a.min(b)), HashKey.of(a.max(b)));
        BigInteger lower = range.middle().toBigInteger().subtract(a.min(b));
        BigInteger upper = a.max(b).subtract(range.middle().toBigInteger()).add(BigInteger.ONE);

        assertThat(range.isSplittable()).isTrue();
        assertThat(lower.subtract(upper).abs()).isLessThanOrEqualTo(BigInteger.ONE);
        assertThat(lower).isPositive();
        assertThat(upper).isPositive();
    }

    @Provide
    Arbitrary<BigInteger> numbers() {
        return numbersOnTheRing();
    }

    /** The carry between the two halves of a hash key is where a mistake would show. */
    static Arbitrary<BigInteger> numbersOnTheRing() {
        BigInteger half = BigInteger.ONE.shiftLeft(64);
        return Arbitraries.oneOf(
                Arbitraries.bigIntegers().between(BigInteger.ZERO, MAX),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN),
                Arbitraries.bigIntegers().between(MAX.subtract(BigInteger.TEN), MAX),
                Arbitraries.bigIntegers().between(half.subtract(BigInteger.TEN), half.add(BigInteger.TEN)));
    }
}
