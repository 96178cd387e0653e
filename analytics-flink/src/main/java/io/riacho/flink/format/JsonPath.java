package io.riacho.flink.format;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * A path of the JSONPath that Kinesis Data Analytics knows: names, and at most one {@code [0:]}, all elements of an array.
 *
 * @param before names before the {@code [0:]}, or all of them
 * @param isArray whether there is a {@code [0:]}
 * @param after names after it
 * @see <a href="https://docs.aws.amazon.com/kinesisanalytics/latest/dev/about-json-path.html">Working with JSONPath</a>
 */
record JsonPath(List<String> before, boolean isArray, List<String> after) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String ALL = "[0:]";

    /** {@code $}. */
    static final JsonPath ROOT = new JsonPath(List.of(), false, List.of());

    JsonPath {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** @throws ValidationException where it is none */
    static JsonPath parse(String path) {
        if (!path.startsWith("$")) {
            throw wrong(path, "it does not begin with $");
        }
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        boolean isArray = false;
        int at = 1;
        while (at < path.length()) {
            List<String> names = isArray ? after : before;
            if (path.startsWith(ALL, at)) {
                if (isArray) {
                    throw wrong(path, "only one level of an array can be taken apart");
                }
                isArray = true;
                at += ALL.length();
            } else if (path.startsWith("['", at) || path.startsWith("[\"", at)) {
                int close = path.indexOf(path.charAt(at + 1) + "]", at + 2);
                if (close < 0) {
                    throw wrong(path, "a bracket is not closed");
                }
                names.add(path.substring(at + 2, close));
                at = close + 2;
            } else if (path.charAt(at) == '.') {
                int next = at + 1;
                while (next < path.length() && path.charAt(next) != '.' && path.charAt(next) != '[') {
                    next++;
                }
                if (next == at + 1) {
                    throw wrong(path, "a name is missing");
                }
                names.add(path.substring(at + 1, next));
                at = next;
            } else {
                throw wrong(path, "of arrays only " + ALL + " is known");
            }
        }
        return new JsonPath(before, isArray, after);
    }

    private static ValidationException wrong(String path, String why) {
        return new ValidationException("The path " + path + " cannot be used: " + why);
    }

    /** Whether it gives a row for each element, rather than the array as a whole. */
    boolean flattens() {
        return isArray && !after.isEmpty();
    }

    /** What is at the path, of an array the whole; null where nothing is. */
    static @Nullable JsonValue find(@Nullable JsonValue in, List<String> names) {
        JsonValue value = in;
        for (String name : names) {
            if (value == null) {
                return null;
            }
            value = value.member(name);
        }
        return value;
    }

    /** This path within that one; null where it does not lead there. */
    @Nullable
    JsonPath within(JsonPath outer) {
        if (outer.isArray) {
            return isArray && before.equals(outer.before) && startsWith(after, outer.after)
                    ? new JsonPath(after.subList(outer.after.size(), after.size()), false, List.of())
                    : null;
        }
        return startsWith(before, outer.before)
                ? new JsonPath(before.subList(outer.before.size(), before.size()), isArray, after)
                : null;
    }

    private static boolean startsWith(List<String> names, List<String> first) {
        return names.size() >= first.size() && names.subList(0, first.size()).equals(first);
    }
}
