package io.riacho.policy;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes of a policy, Base64 there and in the request. */
final class BinaryValue implements ConditionValue {

    private final byte[] value;

    BinaryValue(byte[] value) {
        this.value = value;
    }

    @Override
    public Match match(String actual, ConditionContext context) {
        byte[] bytes = parse(actual);
        return Match.of(bytes != null && Arrays.equals(bytes, value));
    }

    static byte @Nullable [] parse(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
