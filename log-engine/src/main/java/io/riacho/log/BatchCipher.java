package io.riacho.log;

/**
 * Authenticated encryption of whole batches under one key, given to the log from outside. What it makes must not depend
 * on anything but the key, so that it can be opened after any restart. Safe for use by many threads.
 */
public interface BatchCipher {

    int NONCE_BYTES = 12;
    int TAG_BYTES = 16;

    /**
     * Encrypts in place: ciphertext takes the plaintext's place, with the tag behind it.
     *
     * @param nonceAt where the nonce goes, which the cipher chooses, never the same twice under one key
     * @param length of the plaintext; there is room for the tag behind it
     * @param additional is authenticated, not encrypted
     */
    void seal(byte[] array, int nonceAt, int position, int length, byte[] additional);

    /**
     * Decrypts, and checks that nothing was changed.
     *
     * @param length of the ciphertext without the tag that follows it
     * @param to another array, where the plaintext goes, from its beginning on
     * @return false where ciphertext, tag, nonce or additional data is not what was sealed; then {@code to} is of no use
     */
    boolean open(byte[] from, int nonceAt, int position, int length, byte[] additional, byte[] to);
}
