package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are written in hexadecimal, in which their parts can be told apart. */
class SequenceNumberTest {

    @Test
    void aNumberThatAwsGaveIsTakenApart() {
        assertThat(SequenceNumber.parse("49600871682957036442365024926191073437251060580128653314"))
                .contains(new SequenceNumber(2, 0x05db759cdL, 0, -1, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 0xffff})
    void aSmallNumberIsOneOfTheOldestVersionAndNamesAShard(int number) {
        assertThat(SequenceNumber.parse(Integer.toString(number)))
                .contains(new SequenceNumber(0, 0, number, -1, false));
    }

    @Test
    void theSecondVersionNamesItsShardToo() {
        assertThat(parse("2" + "0".repeat(45) + "1")).contains(new SequenceNumber(1, 0, 0, -1, false));
        assertThat(parse("2000000001" + "0".repeat(28) + "00000007" + "1"))
                .contains(new SequenceNumber(1, 1, 7, -1, false));
    }

    @Test
    void aShardIndexMayBeNegative() {
        assertThat(parse("2" + "0".repeat(9) + "0" + "0".repeat(16) + "00" + "0".repeat(9) + "80000000" + "2"))
                .contains(new SequenceNumber(2, 0, Integer.MIN_VALUE, -1, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20000000000000000000000000000000000000000000000",
                "20000000000000000000000000000000000000000000003",
                "20000000000000000000000000000000000000000000004",
                "10000000000000000000000000000000000000000000002",
                "30000000000000000000000000000000000000000000002",
                "200000000000000000000000000000000000000000000002",
            })
    void numbersOfNoVersionAreRefused(String hex) {
        assertThat(parse(hex)).isEmpty();
    }

    @Test
    void aCounterThatIsTooLargeIsRefused() {
        assertThat(parse("2" + "0".repeat(10) + "7" + "f".repeat(15) + "0".repeat(19) + "2"))
                .isPresent();
        assertThat(parse("2" + "0".repeat(10) + "8" + "0".repeat(15) + "0".repeat(19) + "2"))
                .isEmpty();
    }

    @Test
    void aShardThatWasCreatedInTheFarFutureIsRefused() {
        assertThat(parse("2%09x".formatted(16_025_174_999L) + "0".repeat(36) + "2"))
                .isPresent();
        assertThat(parse("2%09x".formatted(16_025_175_000L) + "0".repeat(36) + "2"))
                .isEmpty();
        assertThat(parse("1%09x".formatted(16_025_174_999L) + "0".repeat(22))).isPresent();
        assertThat(parse("1%09x".formatted(16_025_175_000L) + "0".repeat(22))).isEmpty();
    }

    @Test
    void aNumberBelongsToTheShardThatItWasMadeFor() {
        Shard shard = TestShards.shard(3, HashKeyRange.WHOLE);
        SequenceNumber own =
                SequenceNumber.parse(shard.sequenceNumbers().format(17)).orElseThrow();
        SequenceNumber ofOtherStream = SequenceNumber.parse(
                        new SequenceNumbers(shard.creationSecond() + 1, 3).format(17))
                .orElseThrow();
        SequenceNumber ofOtherShard = SequenceNumber.parse(new SequenceNumbers(shard.creationSecond(), 4).format(17))
                .orElseThrow();

        assertThat(own.isOf(shard)).isTrue();
        assertThat(ofOtherStream.isOf(shard)).isFalse();
        assertThat(ofOtherShard.isOf(shard)).isFalse();
        assertThat(SequenceNumber.parse("3").orElseThrow().isOf(shard)).isFalse();
    }

    @Test
    void readingGoesOnAtOrAfterTheRecord() {
        SequenceNumbers numbers = new SequenceNumbers(1_700_000_000, 0);
        SequenceNumber record = SequenceNumber.parse(numbers.format(17)).orElseThrow();
        SequenceNumber start = SequenceNumber.parse(numbers.starting()).orElseThrow();
        SequenceNumber end = SequenceNumber.parse(numbers.ending(1_800_000_000)).orElseThrow();

        assertThat(record.at()).isEqualTo(17);
        assertThat(record.after()).isEqualTo(18);
        assertThat(start.at()).isZero();
        assertThat(start.after()).isZero();
        assertThat(end.after()).isGreaterThan(Long.MAX_VALUE - 2);
    }

    private static java.util.Optional<SequenceNumber> parse(String hex) {
        return SequenceNumber.parse(new BigInteger(hex, 16).toString());
    }
}
