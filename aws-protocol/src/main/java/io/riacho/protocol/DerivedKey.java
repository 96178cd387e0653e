package io.riacho.protocol;

/** A SigV4 signing key, derived for one day, region and service. Its text form hides it. */
public final class DerivedKey {

    private final byte[] bytes;

    /** @param bytes the key; not copied */
    public DerivedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The key itself, not a copy. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "DerivedKey[hidden]";
    }
}
