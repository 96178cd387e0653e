package io.riacho.leasetables.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of keys as bytes, which PostgreSQL orders as DynamoDB orders the values. */
public final class KeyBytes {

    private static final byte[] NONE = {};

    private KeyBytes() {}

    /** The bytes of a key that is not there. */
    public static byte[] none() {
        return NONE;
    }

    /** @param value a text, number or binary */
    public static byte[] ordered(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Value.Decimal(var number) -> Numbers.ordered(number);
            case Value.Binary(var bytes) -> bytes.asByteArray();
            default -> throw new IllegalArgumentException(value.type() + " is no type of keys");
        };
    }

    /**
     * Where the items with this hash key are: 32 bytes, evenly spread.
     *
     * @param hashKey as {@link #ordered} gives it
     */
    public static byte[] partition(byte[] hashKey) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(hashKey);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first bytes behind all that begin with the prefix; null where nothing is behind them. */
    public static byte @Nullable [] behind(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return null;
    }
}
