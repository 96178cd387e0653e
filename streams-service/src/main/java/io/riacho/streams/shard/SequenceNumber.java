package io.riacho.streams.shard;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A sequence number that a client sent, taken apart. Numbers of AWS's older versions are recognised, too, so that a
 * client that sends one is told what AWS would tell it; none of them belongs to a shard of Riacho.
 *
 * @param version of the layout: 2 for those that {@link SequenceNumbers} makes
 * @param creationSecond when its shard was created, seconds since 1970
 * @param offset of the record; -1 for a shard's starting sequence number
 * @param isBetween whether it is no record's but stands behind that one, where to read on from
 */
public record SequenceNumber(int version, long creationSecond, int shardIndex, long offset, boolean isBetween) {

    private static final BigInteger OLDEST_FLOOR = BigInteger.ONE.shiftLeft(124);
    private static final BigInteger OLDEST_CEILING = BigInteger.ONE.shiftLeft(129);
    private static final BigInteger FLOOR = BigInteger.ONE.shiftLeft(185);
    private static final BigInteger CEILING = FLOOR.add(BigInteger.ONE.shiftLeft(184));
    private static final long LAST_SECOND = 16_025_175_000L;
    private static final long LAST_OFFSET = Long.MAX_VALUE - 1;

    /** Empty where no version reads so. */
    public static Optional<SequenceNumber> parse(String decimal) {
        BigInteger number = new BigInteger(decimal);
        return version(number)
                .flatMap(version -> version == 0
                        ? known(0, bits(number, 88, 36), (int) bits(number, 0, 16), -1, false)
                        : known(
                                version,
                                bits(number, 148, 36),
                                (int) bits(number, 4, 32),
                                version == 2 ? bits(number, 80, 63) - 1 : -1,
                                version == 2 && hasMillis(number)));
    }

    /**
     * When the record of the number arrived, seconds since 1970, as AWS reads it for SequenceNumberForOrdering: whatever
     * the number says of its shard. Empty where no version reads so.
     */
    public static Optional<Long> arrivalSecond(String decimal) {
        BigInteger number = new BigInteger(decimal);
        return version(number).flatMap(version -> switch (version) {
            case 0 -> parse(decimal).map(SequenceNumber::creationSecond);
            case 1 -> Optional.of(bits(number, 100, 36));
            default -> Optional.of(hasMillis(number) ? bits(number, 36, 44) / 1000 : bits(number, 36, 36));
        });
    }

    /** The number as AWS shows it: one of the oldest version may have been given without its highest digit. */
    public static String canonical(String decimal) {
        BigInteger number = new BigInteger(decimal);
        return number.compareTo(OLDEST_CEILING) >= 0
                ? decimal
                : number.mod(OLDEST_FLOOR).add(OLDEST_FLOOR).toString();
    }

    private static Optional<Integer> version(BigInteger number) {
        if (number.compareTo(OLDEST_CEILING) < 0) {
            return Optional.of(0);
        }
        if (number.compareTo(FLOOR) <= 0 || number.compareTo(CEILING) >= 0) {
            return Optional.empty();
        }
        int version = (int) bits(number, 0, 4);
        boolean negative = number.testBit(143);
        return version == 1 || (version == 2 && !negative) ? Optional.of(version) : Optional.empty();
    }

    /** Seconds do not reach the bits that milliseconds do. */
    private static boolean hasMillis(BigInteger number) {
        return bits(number, 72, 8) != 0;
    }

    private static Optional<SequenceNumber> known(
            int version, long creationSecond, int shardIndex, long offset, boolean isBetween) {
        return creationSecond >= LAST_SECOND
                ? Optional.empty()
                : Optional.of(new SequenceNumber(version, creationSecond, shardIndex, offset, isBetween));
    }

    public boolean isOf(Shard shard) {
        return version == 2 && shard.index() == shardIndex && shard.creationSecond() == creationSecond;
    }

    /** The offset to read from so that the record of this number is the first. */
    public long at() {
        return isBetween ? after() : Math.max(0, offset);
    }

    /** The offset to read from so that the record after this number is the first. */
    public long after() {
        return offset == LAST_OFFSET ? offset : offset + 1;
    }

    private static long bits(BigInteger number, int shift, int count) {
        return number.shiftRight(shift).longValue() & ((1L << count) - 1);
    }
}
