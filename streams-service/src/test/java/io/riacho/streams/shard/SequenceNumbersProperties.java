package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SequenceNumbersProperties {

    private static final long LAST_OFFSET = Long.MAX_VALUE - 1;
    private static final BigInteger INDEX_MASK = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);

    @Property(tries = 5000)
    void aNumberIsTheLayoutOfAwsInDecimal(
            @ForAll("seconds") long second, @ForAll("indexes") int index, @ForAll("offsets") long offset) {
        String hex = "2%09x%x%016x00%09x%08x2".formatted(second, index & 0xf, offset + 1, second, index);

        assertThat(new SequenceNumbers(second, index).format(offset)).isEqualTo(new BigInteger(hex, 16).toString());
    }

    @Property
    void theDigitsAreWrittenWhereTheyAreWantedAndNowhereElse(@ForAll("offsets") long offset) {
        byte[] target = new byte[SequenceNumbers.LENGTH + 20];
        Arrays.fill(target, (byte) 'x');
        SequenceNumbers numbers = new SequenceNumbers(1_700_000_000, 3);

        numbers.write(offset, target, 7);

        assertThat(new String(target, StandardCharsets.ISO_8859_1))
                .isEqualTo("x".repeat(7) + numbers.format(offset) + "x".repeat(13));
    }

    @Property
    void numbersOfAShardAreInTheOrderOfTheirOffsetsAsNumbersAndAsText(
            @ForAll("seconds") long second,
            @ForAll("indexes") int index,
            @ForAll("offsets") long a,
            @ForAll("offsets") long b) {
        Assume.that(a < b);
        SequenceNumbers numbers = new SequenceNumbers(second, index);

        assertThat(numbers.format(a)).hasSize(56).isLessThan(numbers.format(b));
        assertThat(new BigInteger(numbers.format(a))).isLessThan(new BigInteger(numbers.format(b)));
    }

    @Property
    void aShardsRecordsLieBetweenItsStartingAndItsEndingNumber(
            @ForAll("seconds") long second, @ForAll("indexes") int index, @ForAll("offsets") long offset) {
        SequenceNumbers numbers = new SequenceNumbers(second, index);

        assertThat(numbers.starting()).hasSize(56).isLessThan(numbers.format(offset));
        assertThat(numbers.ending(second + 1)).hasSize(56).isGreaterThan(numbers.format(offset));
    }

    @Property
    void aChildsNumbersComeAfterItsParents(
            @ForAll("seconds") long second,
            @ForAll("indexes") int parent,
            @ForAll("indexes") int child,
            @ForAll("offsets") long offset) {
        String last = new SequenceNumbers(second, parent).ending(second + 1000);

        assertThat(new SequenceNumbers(second + 1, child).starting()).isGreaterThan(last);
        assertThat(new SequenceNumbers(second + 1, child).format(offset)).isGreaterThan(last);
    }

    /** KCL's SequenceNumberValidator: 186 bits, version 2 on top, and the shard's index in bits 4 to 35. */
    @Property
    void kclFindsTheShardInANumber(
            @ForAll("seconds") long second, @ForAll("indexes") int index, @ForAll("offsets") long offset) {
        SequenceNumbers numbers = new SequenceNumbers(second, index);

        for (String text : new String[] {numbers.starting(), numbers.format(offset), numbers.ending(second + 5)}) {
            BigInteger number = new BigInteger(text);
            assertThat(number.bitLength()).isEqualTo(186);
            assertThat(number.shiftRight(184).intValue() & 15).isEqualTo(2);
            assertThat(number.shiftRight(4).and(INDEX_MASK).intValue()).isEqualTo(index);
        }
    }

    @Property
    void aNumberIsTakenApartAgain(
            @ForAll("seconds") long second, @ForAll("indexes") int index, @ForAll("offsets") long offset) {
        SequenceNumbers numbers = new SequenceNumbers(second, index);

        assertThat(SequenceNumber.parse(numbers.format(offset)))
                .contains(new SequenceNumber(2, second, index, offset, false));
        assertThat(SequenceNumber.parse(numbers.starting())).contains(new SequenceNumber(2, second, index, -1, false));
    }

    @Property
    void aPlaceBetweenTwoRecordsIsBehindTheOneAndBeforeTheOtherAndMovesOnWithTime(
            @ForAll("seconds") long second,
            @ForAll("indexes") int index,
            @ForAll("offsets") long offset,
            @ForAll("millis") long millis) {
        SequenceNumbers numbers = new SequenceNumbers(second, index);
        String between = numbers.between(offset, millis);

        assertThat(between).hasSize(56).isGreaterThan(numbers.format(offset));
        assertThat(numbers.between(offset, millis + 1)).isGreaterThan(between);
        assertThat(SequenceNumber.parse(between)).contains(new SequenceNumber(2, second, index, offset, true));
        assertThat(SequenceNumber.arrivalSecond(between)).contains(millis / 1000);
        SequenceNumber parsed = SequenceNumber.parse(between).orElseThrow();
        assertThat(parsed.at()).isEqualTo(parsed.after());
        if (offset < LAST_OFFSET) {
            assertThat(between).isLessThan(numbers.format(offset + 1));
            assertThat(parsed.after()).isEqualTo(offset + 1);
        }
    }

    @Property
    void anyNumberIsTakenApartOrRefusedButNeverFails(@ForAll("anything") BigInteger number) {
        SequenceNumber.parse(number.toString())
                .ifPresent(parsed -> assertThat(parsed.version()).isBetween(0, 2));
    }

    /** From 2017, well past the years that clients live to see; a number has 56 digits until the year 2480. */
    @Provide
    Arbitrary<Long> seconds() {
        return Arbitraries.longs().between(1_500_000_000L, 16_025_000_000L);
    }

    @Provide
    Arbitrary<Long> millis() {
        return Arbitraries.longs().between(1_500_000_000_000L, 16_025_000_000_000L);
    }

    @Provide
    Arbitrary<Integer> indexes() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE);
    }

    /** The steps between the 32-bit halves and the 10^9 digits are where a mistake would show. */
    @Provide
    Arbitrary<Long> offsets() {
        long half = 1L << 32;
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, LAST_OFFSET),
                Arbitraries.longs().between(0, 1000),
                Arbitraries.longs().between(half - 3, half + 3),
                Arbitraries.longs().between(1_000_000_000 - 3, 1_000_000_000 + 3),
                Arbitraries.longs().between(LAST_OFFSET - 3, LAST_OFFSET));
    }

    @Provide
    Arbitrary<BigInteger> anything() {
        return Arbitraries.oneOf(
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TWO.pow(130)),
                Arbitraries.bigIntegers().between(BigInteger.TWO.pow(184), BigInteger.TWO.pow(187)),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(129)));
    }
}
