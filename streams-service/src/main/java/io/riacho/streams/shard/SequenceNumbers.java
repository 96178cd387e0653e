package io.riacho.streams.shard;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Turns the offsets of one shard into sequence numbers. They have the layout of AWS's version 2, which KCL decodes to
 * check that a record came from the shard that it reads; from the highest of 47 hexadecimal digits to the lowest:
 *
 * <pre>
 *  digits  content
 *       1  2
 *       9  second of the shard's creation
 *       1  lowest digit of the shard's index
 *      16  offset + 1, so that a shard's starting sequence number lies before its first record
 *       2  0
 *       9  second of the shard's creation
 *       8  the shard's index
 *       1  version: 2
 * </pre>
 *
 * <p>Such a number always has 56 decimal digits, so numbers of one shard are in order as text, too. Immutable.
 */
public final class SequenceNumbers {

    /** How many decimal digits a sequence number has. */
    public static final int LENGTH = 56;

    private static final int OFFSET_SHIFT = 80;
    private static final int TIME_SHIFT = 36;
    private static final long CLOSED = Long.MAX_VALUE;

    private static final int LIMBS = 7;
    private static final int LIMB = 1_000_000_000;
    /** 2^80 and 2^112 in digits of base 10^9, the lowest first. */
    private static final long[] LOW_STEP = limbs(BigInteger.ONE.shiftLeft(OFFSET_SHIFT));

    private static final long[] HIGH_STEP = limbs(BigInteger.ONE.shiftLeft(OFFSET_SHIFT + 32));
    private static final byte[] PAIRS = pairs();

    private final long creationSecond;
    private final BigInteger base;
    private final long[] baseLimbs;

    /** @param creationSecond when the shard was created, seconds since 1970 */
    public SequenceNumbers(long creationSecond, int shardIndex) {
        this.creationSecond = creationSecond;
        base = BigInteger.TWO
                .shiftLeft(184)
                .or(BigInteger.valueOf(creationSecond).shiftLeft(148))
                .or(BigInteger.valueOf(shardIndex & 0xf).shiftLeft(144))
                .or(BigInteger.valueOf(creationSecond).shiftLeft(TIME_SHIFT))
                .or(BigInteger.valueOf(shardIndex).shiftLeft(4))
                .or(BigInteger.TWO);
        baseLimbs = limbs(base);
    }

    /** The starting sequence number of the shard; every record's is greater. */
    public String starting() {
        return base.toString();
    }

    /**
     * The ending sequence number of the closed shard; every record's is smaller.
     *
     * @param closedSecond when the shard was closed, seconds since 1970; stands where others have the creation
     */
    public String ending(long closedSecond) {
        return base.add(BigInteger.valueOf(CLOSED).shiftLeft(OFFSET_SHIFT))
                .add(BigInteger.valueOf(Math.max(0, closedSecond - creationSecond))
                        .shiftLeft(TIME_SHIFT))
                .toString();
    }

    /**
     * A number between the record of the offset and the next one, where to read on from. It has a time where records'
     * numbers have the shard's creation, and that is longer, so that it stands behind the record, and moves on with time.
     *
     * @param offset of the last record that was read; -1 where none was
     * @param epochMillis the time by which there was no other
     */
    public String between(long offset, long epochMillis) {
        return base.subtract(BigInteger.valueOf(creationSecond).shiftLeft(TIME_SHIFT))
                .add(BigInteger.valueOf(offset + 1).shiftLeft(OFFSET_SHIFT))
                .add(BigInteger.valueOf(epochMillis).shiftLeft(TIME_SHIFT))
                .toString();
    }

    public String format(long offset) {
        byte[] digits = new byte[LENGTH];
        write(offset, digits, 0);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** Writes the {@value #LENGTH} digits of the record's sequence number. */
    public void write(long offset, byte[] target, int position) {
        long index = offset + 1;
        long low = index & 0xffff_ffffL;
        long high = index >>> 32;
        long carry = 0;
        int end = position + LENGTH;
        for (int i = 0; i < LIMBS - 1; i++) {
            long sum = baseLimbs[i] + low * LOW_STEP[i] + high * HIGH_STEP[i] + carry;
            carry = sum / LIMB;
            writeLimb((int) (sum - carry * LIMB), target, end -= 9);
        }
        int top = (int) (baseLimbs[LIMBS - 1] + carry);
        target[end - 2] = PAIRS[top * 2];
        target[end - 1] = PAIRS[top * 2 + 1];
    }

    private static void writeLimb(int limb, byte[] target, int position) {
        int rest = limb;
        for (int i = 7; i > 0; i -= 2) {
            int next = rest / 100;
            int pair = (rest - next * 100) * 2;
            target[position + i] = PAIRS[pair];
            target[position + i + 1] = PAIRS[pair + 1];
            rest = next;
        }
        target[position] = (byte) ('0' + rest);
    }

    private static long[] limbs(BigInteger value) {
        long[] limbs = new long[LIMBS];
        BigInteger rest = value;
        BigInteger limb = BigInteger.valueOf(LIMB);
        for (int i = 0; i < LIMBS; i++) {
            BigInteger[] parts = rest.divideAndRemainder(limb);
            limbs[i] = parts[1].longValue();
            rest = parts[0];
        }
        return limbs;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[i * 2] = (byte) ('0' + i / 10);
            pairs[i * 2 + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }
}
