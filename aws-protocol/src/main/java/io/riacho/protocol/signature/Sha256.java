package io.riacho.protocol.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without a provider look-up for each use. */
public final class Sha256 {

    private static final MessageDigest PROTOTYPE = prototype();

    private Sha256() {}

    /** A new digest, for one thread at a time. */
    public static MessageDigest digest() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException e) {
            return prototype();
        }
    }

    public static byte[] hash(byte[] bytes) {
        return digest().digest(bytes);
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
