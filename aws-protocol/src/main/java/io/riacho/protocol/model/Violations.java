package io.riacho.protocol.model;

import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constraints that one request violates, in AWS's words: ten of them at most. */
final class Violations {

    private static final int MAX = 10;

    private final List<String> found = new ArrayList<>(1);

    boolean isFull() {
        return found.size() >= MAX;
    }

    void missing(String path) {
        add("Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
    }

    /** @param shown the value's text; null where it is not to be shown */
    void add(@Nullable String shown, String path, String constraint) {
        String value = shown == null ? "Value" : "Value '" + shown + "'";
        add(value + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            String errors = found.size() == 1 ? " validation error detected: " : " validation errors detected: ";
            throw AwsException.badRequest("ValidationException", found.size() + errors + String.join("; ", found));
        }
    }

    private void add(String violation) {
        if (!isFull()) {
            found.add(violation);
        }
    }
}
