package io.riacho.streams.shard;

import java.math.BigInteger;

/** A place on the ring of 2^128 hash keys, as an unsigned 128-bit number. */
public record HashKey(long high, long low) implements Comparable<HashKey> {

    public static final HashKey MIN = new HashKey(0, 0);
    public static final HashKey MAX = new HashKey(-1, -1);

    private static final BigInteger MAX_VALUE = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    /** @throws IllegalArgumentException where the number is negative or 2^128 or more */
    public static HashKey of(BigInteger value) {
        if (value.signum() < 0 || value.compareTo(MAX_VALUE) > 0) {
            throw new IllegalArgumentException("not a hash key: " + value);
        }
        return new HashKey(value.shiftRight(64).longValue(), value.longValue());
    }

    /** Whether the decimal number lies on the ring. */
    public static boolean isOnRing(String decimal) {
        return decimal.length() <= 39 && new BigInteger(decimal).compareTo(MAX_VALUE) <= 0;
    }

    public static HashKey parse(String decimal) {
        return of(new BigInteger(decimal));
    }

    public BigInteger toBigInteger() {
        return unsigned(high).shiftLeft(64).or(unsigned(low));
    }

    public HashKey next() {
        return low == -1 ? new HashKey(high + 1, 0) : new HashKey(high, low + 1);
    }

    public HashKey previous() {
        return low == 0 ? new HashKey(high - 1, -1) : new HashKey(high, low - 1);
    }

    @Override
    public int compareTo(HashKey other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
    }
}
