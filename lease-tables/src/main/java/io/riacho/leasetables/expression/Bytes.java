package io.riacho.leasetables.expression;

import java.util.Arrays;

/** Looks for bytes in bytes. */
final class Bytes {

    private Bytes() {}

    static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (isAt(bytes, i, part)) {
                return true;
            }
        }
        return false;
    }

    static boolean isAt(byte[] bytes, int position, byte[] part) {
        return position + part.length <= bytes.length
                && Arrays.equals(bytes, position, position + part.length, part, 0, part.length);
    }
}
