package io.riacho.log;

/**
 * What the batches of an append are encrypted with.
 *
 * @param id is stored with each batch, and given to {@link OpeningKeys} when it is read; never used for another key. The
 *     key must be stored for good before it is used here
 */
public record SealingKey(long id, BatchCipher cipher) {

    public SealingKey {
        if (id < 0) {
            throw new IllegalArgumentException("A key's id is not negative, as " + id + " is");
        }
    }
}
