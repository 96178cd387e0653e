package io.riacho.protocol.key;

/** A data key and the same wrapped by a key of KMS. Its text form hides it. */
public final class DataKey {

    private final String keyArn;
    private final byte[] plaintext;
    private final byte[] wrapped;

    /** The arrays are not copied. */
    public DataKey(String keyArn, byte[] plaintext, byte[] wrapped) {
        this.keyArn = keyArn;
        this.plaintext = plaintext;
        this.wrapped = wrapped;
    }

    /** The key that wraps it. */
    public String keyArn() {
        return keyArn;
    }

    /** The key itself, 32 bytes, not a copy. */
    public byte[] plaintext() {
        return plaintext;
    }

    /** What may be stored. */
    public byte[] wrapped() {
        return wrapped;
    }

    @Override
    public String toString() {
        return "DataKey[" + keyArn + "]";
    }
}
