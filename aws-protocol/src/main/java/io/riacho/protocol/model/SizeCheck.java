package io.riacho.protocol.model;

import tools.jackson.databind.JsonNode;

/** How many entries a list or map may have. */
record SizeCheck(long min, long max) {

    static SizeCheck of(JsonNode shape) {
        return new SizeCheck(shape.path("min").asLong(0), shape.path("max").asLong(Long.MAX_VALUE));
    }

    void check(int size, Object value, boolean shown, String path, Violations violations) {
        if (size < min) {
            violations.add(
                    shown ? value.toString() : null, path, "Member must have length greater than or equal to " + min);
        }
        if (size > max) {
            violations.add(
                    shown ? value.toString() : null, path, "Member must have length less than or equal to " + max);
        }
    }

    boolean isEmpty() {
        return min == 0 && max == Long.MAX_VALUE;
    }
}
