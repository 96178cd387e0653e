package io.riacho.consumers.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What stands for a record's data in a journal: two of the same have the same bytes. */
public final class Fingerprint {

    private Fingerprint() {}

    /** The SHA-256 in hexadecimal digits; position and limit stay where they are. */
    public static String of(ByteBuffer data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
