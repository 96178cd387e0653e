package io.riacho.protocol.shape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Base64 as AWS takes it: RFC 4648's first alphabet, padded, with no stray bits at the end. */
public final class Base64Blob {

    private static final byte[] VALUES = values();

    private Base64Blob() {}

    /** @throws io.riacho.protocol.AwsException SerializationException where it is none */
    public static byte[] decode(String text) {
        int length = text.length();
        if (length % 4 != 0) {
            throw SerializationErrors.notBase64(
                    text, "Base64 encoded length is expected a multiple of 4 bytes but found: " + length);
        }
        if (length == 0) {
            return new byte[0];
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw SerializationErrors.notBase64(text, "Invalid Base64 character: '" + firstInvalid(text) + "'");
        }
        if (hasStrayBits(text)) {
            throw SerializationErrors.notBase64(text, "Invalid last non-pad Base64 character dectected");
        }
        return decoded;
    }

    private static boolean hasStrayBits(String text) {
        int length = text.length();
        if (text.charAt(length - 1) != '=') {
            return false;
        }
        return text.charAt(length - 2) == '='
                ? (value(text.charAt(length - 3)) & 0xF) != 0
                : (value(text.charAt(length - 2)) & 0x3) != 0;
    }

    private static char firstInvalid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (value(text.charAt(i)) < 0) {
                return text.charAt(i);
            }
        }
        return '=';
    }

    private static int value(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
