package io.riacho.aggregation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The hash keys that a shard holds, both ends included.
 *
 * @param first at least 0
 * @param last at most 2<sup>128</sup> - 1
 */
public record HashKeys(BigInteger first, BigInteger last) {

    /** All that there are. */
    public static final HashKeys ALL =
            new HashKeys(BigInteger.ZERO, BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE));

    /** No hash key has more, zeros in front left aside. */
    private static final int MAX_DIGITS = 39;

    public HashKeys {
        if (first.signum() < 0 || last.bitLength() > 128 || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("not a range of hash keys: " + first + " to " + last);
        }
    }

    /** @param first and {@code last} are decimal numbers, as {@code ListShards} gives them */
    public static HashKeys of(String first, String last) {
        return new HashKeys(new BigInteger(first), new BigInteger(last));
    }

    boolean contains(BigInteger key) {
        return key.compareTo(first) >= 0 && key.compareTo(last) <= 0;
    }

    static BigInteger ofPartitionKey(String partitionKey) {
        return new BigInteger(1, Md5.of(partitionKey.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads a number of any length as {@link BigInteger} does, in a time that does not grow with the square of its length:
     * one that is too long to be a hash key becomes one that no shard holds.
     *
     * @throws NumberFormatException where it is no number
     */
    static BigInteger ofExplicit(String text) {
        int position = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (position == text.length()) {
            throw new NumberFormatException("no digits");
        }
        int significant = 0;
        for (int i = position; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                throw new NumberFormatException("not a digit");
            }
            if (digit > 0 || significant > 0) {
                significant++;
            }
        }
        if (significant > MAX_DIGITS) {
            return BigInteger.ONE.negate();
        }
        String digits = text.substring(text.length() - significant);
        BigInteger size = digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
        return text.startsWith("-") ? size.negate() : size;
    }
}
