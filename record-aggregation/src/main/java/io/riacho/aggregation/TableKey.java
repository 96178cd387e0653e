package io.riacho.aggregation;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An entry of one of the message's tables. Its text and hash key are made once, however many records name it: otherwise a
 * small message could ask for work without end.
 */
final class TableKey {

    private final ByteBuffer bytes;
    private final Function<String, BigInteger> toHashKey;
    private @Nullable String text;
    private @Nullable BigInteger hashKey;

    private TableKey(ByteBuffer bytes, Function<String, BigInteger> toHashKey) {
        this.bytes = bytes;
        this.toHashKey = toHashKey;
    }

    static TableKey ofPartitionKey(ByteBuffer bytes) {
        return new TableKey(bytes, HashKeys::ofPartitionKey);
    }

    static TableKey ofExplicitHashKey(ByteBuffer bytes) {
        return new TableKey(bytes, HashKeys::ofExplicit);
    }

    String text() {
        String known = text;
        if (known == null) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(0, copy);
            known = new String(copy, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** @throws NumberFormatException where an explicit hash key is no number */
    BigInteger hashKey() {
        BigInteger known = hashKey;
        if (known == null) {
            known = toHashKey.apply(text());
            hashKey = known;
        }
        return known;
    }
}
