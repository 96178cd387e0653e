package io.riacho.consumers.kpl;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A record whose content follows from its number.
 *
 * @param explicitHashKey in decimal; a key that has one always has the same, so that its records stay together
 */
record NumberedRecord(
        int number, String partitionKey, @Nullable String explicitHashKey) {

    static final int KEYS_OF_ROUNDS = 200;

    private static final int OTHER_KEYS = 100;
    private static final int EVERY_LARGE = 1_000;

    /** More than the library puts into one aggregated record, so that it is stored as it is. */
    private static final int LARGE = 60_000;

    private static final int SMALL = 200;

    static NumberedRecord inARound(int number) {
        return of(number, "round-", number % KEYS_OF_ROUNDS);
    }

    static NumberedRecord amongMany(int number) {
        return of(number, "many-", number % OTHER_KEYS);
    }

    private static NumberedRecord of(int number, String kind, int key) {
        String explicitHashKey = key % 4 == 0 ? new BigInteger(128, new Random(key)).toString() : null;
        return new NumberedRecord(number, kind + key, explicitHashKey);
    }

    /** The number, a space, and any bytes. */
    ByteBuffer data() {
        Random random = new Random(number);
        byte[] noise = new byte[number % EVERY_LARGE == 0 ? LARGE : random.nextInt(SMALL)];
        random.nextBytes(noise);
        byte[] start = (number + " ").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + noise.length)
                .put(start)
                .put(noise)
                .flip();
    }
}
