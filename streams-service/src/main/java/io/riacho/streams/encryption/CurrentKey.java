package io.riacho.streams.encryption;

import io.riacho.log.BatchCipher;
import io.riacho.log.SealingKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** The data key that a stream's new batches are sealed with. Counts what it seals. Safe for use by many threads. */
final class CurrentKey implements BatchCipher {

    /** Far below the 2^32 batches that random nonces allow. */
    static final long MOST_BATCHES = 1L << 30;

    static final long MOST_BYTES = 1L << 40;
    static final Duration MOST_AGE = Duration.ofDays(1);

    private final StoredKey stored;
    private final SealingKey sealingKey;
    private final LongAdder batches = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile BatchCipher cipher;

    CurrentKey(StoredKey stored, BatchCipher cipher) {
        this.stored = stored;
        this.cipher = cipher;
        sealingKey = new SealingKey(stored.id(), this);
    }

    long id() {
        return stored.id();
    }

    /** Whether it is what new batches may be sealed with, under that key of KMS. */
    boolean isGood(String keyId, String keyArn, Instant now) {
        return stored.keyArn().equals(keyArn)
                && stored.keyId().equals(keyId)
                && now.isBefore(stored.createdAt().plus(MOST_AGE))
                && batches.sum() < MOST_BATCHES
                && bytes.sum() < MOST_BYTES;
    }

    /** @param unwrapped lately, of the same key */
    SealingKey sealingKey(BatchCipher unwrapped) {
        cipher = unwrapped;
        return sealingKey;
    }

    void count(long sealedBatches, long sealedBytes) {
        batches.add(sealedBatches);
        bytes.add(sealedBytes);
    }

    @Override
    public void seal(byte[] array, int nonceAt, int position, int length, byte[] additional) {
        count(1, length);
        cipher.seal(array, nonceAt, position, length, additional);
    }

    @Override
    public boolean open(byte[] from, int nonceAt, int position, int length, byte[] additional, byte[] to) {
        return cipher.open(from, nonceAt, position, length, additional, to);
    }
}
