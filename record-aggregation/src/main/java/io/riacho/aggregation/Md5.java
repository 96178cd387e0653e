package io.riacho.aggregation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What the producer library takes for hash keys and for a check against damage; nothing that keeps anybody out. */
final class Md5 {

    static final int LENGTH = 16;

    private Md5() {}

    static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    static byte[] of(ByteBuffer bytes) {
        MessageDigest digest = digest();
        digest.update(bytes.duplicate());
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
