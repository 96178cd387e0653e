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
 */
public record SequenceNumber(int version, long creationSecond, int shardIndex, long offset) {

    private static final BigInteger OLDEST_FLOOR = BigInteger.ONE.shiftLeft(124);
    private static final BigInteger OLDEST_CEILING = BigInteger.ONE.shiftLeft(129);
    private static final BigInteger FLOOR = BigInteger.ONE.shiftLeft(185);
    private static final BigInteger CEILING = FLOOR.add(BigInteger.ONE.shiftLeft(184));
    private static final long LAST_SECOND = 16_025_175_000L;
    private static final long LAST_OFFSET = Long.MAX_VALUE - 1;

    /** Empty where no version reads so. */
    public static Optional<SequenceNumber> parse(String decimal) {
        BigInteger number = new BigInteger(decimal);
        if (number.compareTo(OLDEST_CEILING) < 0) {
            return parseOldest(number.compareTo(OLDEST_FLOOR) < 0 ? number.add(OLDEST_FLOOR) : number);
        }
        if (number.compareTo(FLOOR) <= 0 || number.compareTo(CEILING) >= 0) {
            return Optional.empty();
        }
        int version = (int) bits(number, 0, 4);
        long creationSecond = bits(number, 148, 36);
        long shardIndex = bits(number, 4, 32);
        long index = bits(number, 80, 63);
        boolean negative = number.testBit(143);
        if ((version != 1 && version != 2)
                || creationSecond >= LAST_SECOND
                || shardIndex > Integer.MAX_VALUE
                || (version == 2 && negative)) {
            return Optional.empty();
        }
        return Optional.of(
                new SequenceNumber(version, creationSecond, (int) shardIndex, version == 2 ? index - 1 : -1));
    }

    private static Optional<SequenceNumber> parseOldest(BigInteger number) {
        long creationSecond = bits(number, 88, 36);
        return creationSecond >= LAST_SECOND
                ? Optional.empty()
                : Optional.of(new SequenceNumber(0, creationSecond, (int) bits(number, 0, 16), -1));
    }

    public boolean isOf(Shard shard) {
        return version == 2 && shard.index() == shardIndex && shard.creationSecond() == creationSecond;
    }

    /** The offset to read from so that the record of this number is the first. */
    public long at() {
        return Math.max(0, offset);
    }

    /** The offset to read from so that the record after this number is the first. */
    public long after() {
        return offset == LAST_OFFSET ? offset : offset + 1;
    }

    private static long bits(BigInteger number, int shift, int count) {
        return number.shiftRight(shift).longValue() & ((1L << count) - 1);
    }
}
