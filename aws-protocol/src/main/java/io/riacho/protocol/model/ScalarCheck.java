package io.riacho.protocol.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import tools.jackson.databind.JsonNode;

/** Length, range, pattern and enum of one text, number or blob. */
final class ScalarCheck implements Check {

    private final @Nullable Double min;
    private final @Nullable Double max;
    private final String minText;
    private final String maxText;
    private final @Nullable BoundedPattern pattern;
    private final Set<String> values;
    private final boolean hidden;

    ScalarCheck(JsonNode shape) {
        this.min = number(shape.path("min"));
        this.max = number(shape.path("max"));
        this.minText = shape.path("min").asString("");
        this.maxText = shape.path("max").asString("");
        this.pattern = shape.path("pattern").isString()
                ? new BoundedPattern(shape.path("pattern").stringValue())
                : null;
        Set<String> names = new LinkedHashSet<>();
        shape.path("enum").forEach(name -> names.add(name.stringValue()));
        this.values = names;
        this.hidden = shape.path("sensitive").asBoolean(false);
    }

    @Override
    public void check(Object value, String path, Violations violations) {
        for (String constraint : violated(value)) {
            violations.add(shown(value), path, constraint);
        }
    }

    @Override
    public boolean isEmpty() {
        return min == null && max == null && pattern == null && values.isEmpty();
    }

    boolean isSatisfiedBy(Object value) {
        return violated(value).isEmpty();
    }

    /** All constraints in one text, as AWS shows them for the elements of a list or map. */
    String text() {
        List<String> texts = new ArrayList<>();
        if (max != null) {
            texts.add("Member must have length less than or equal to " + maxText);
        }
        if (min != null) {
            texts.add("Member must have length greater than or equal to " + minText);
        }
        if (pattern != null) {
            texts.add("Member must satisfy regular expression pattern: " + pattern);
        }
        if (!values.isEmpty()) {
            texts.add("Member must satisfy enum value set: " + values);
        }
        return "[" + String.join(", ", texts) + "]";
    }

    /** The value as it is shown in an answer; null for what is secret, or not text. */
    @Nullable
    String shown(Object value) {
        return hidden || value instanceof SdkBytes ? null : value.toString();
    }

    private List<String> violated(Object value) {
        return switch (value) {
            case String text -> violatedByText(text);
            case SdkBytes bytes -> violatedBySize(bytes.asByteArrayUnsafe().length, "length");
            case Number number -> violatedBySize(number.doubleValue(), "value");
            default -> List.of();
        };
    }

    private List<String> violatedByText(String text) {
        if (!values.isEmpty() && !values.contains(text)) {
            return List.of("Member must satisfy enum value set: " + values);
        }
        List<String> bySize = violatedBySize(text.codePointCount(0, text.length()), "length");
        // A text that is too long is not worth a match: its cost grows with the length.
        boolean tooLong = max != null && text.length() > 2 * max;
        if (pattern == null || tooLong || pattern.matches(text)) {
            return bySize;
        }
        List<String> violated = new ArrayList<>(2);
        violated.add("Member must satisfy regular expression pattern: " + pattern);
        violated.addAll(bySize);
        return violated;
    }

    private List<String> violatedBySize(double size, String what) {
        if (min != null && size < min) {
            return List.of("Member must have " + what + " greater than or equal to " + minText);
        }
        if (max != null && size > max) {
            return List.of("Member must have " + what + " less than or equal to " + maxText);
        }
        return List.of();
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : null;
    }
}
