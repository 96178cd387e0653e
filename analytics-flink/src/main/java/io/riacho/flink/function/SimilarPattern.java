package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The patterns of SIMILAR TO, as regular expressions. */
final class SimilarPattern {
    private static final Map<String, String> CLASSES = Map.of(
            "[:ALPHA:]", "a-zA-Z",
            "[:UPPER:]", "A-Z",
            "[:LOWER:]", "a-z",
            "[:DIGIT:]", "0-9",
            "[:ALNUM:]", "a-zA-Z0-9",
            "[:SPACE:]", " ",
            "[:WHITESPACE:]", "\\s");

    private SimilarPattern() {}

    /** The expression for a whole text, null if the pattern is none. */
    static @Nullable String whole(String pattern, String escape) {
        List<String> parts = parts(pattern, escape);
        return parts.size() == 1 ? "(?s)(?:" + parts.get(0) + ")" : null;
    }

    /** The expression whose first group is the part between the two escaped double quotes. */
    static @Nullable String part(String pattern, String escape) {
        List<String> parts = parts(pattern, escape);
        return parts.size() == 3 ? "(?s)(?:" + parts.get(0) + ")(" + parts.get(1) + ")(?:" + parts.get(2) + ")" : null;
    }

    /** Split at escaped double quotes; empty if the pattern is none. Groups do not capture. */
    private static List<String> parts(String pattern, String escape) {
        if (escape.length() > 1) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (!escape.isEmpty() && c == escape.charAt(0)) {
                if (++i == pattern.length()) {
                    return List.of();
                }
                if (pattern.charAt(i) == '"') {
                    parts.add(part.toString());
                    part.setLength(0);
                } else {
                    literal(part, pattern.charAt(i));
                }
            } else if (inClass) {
                int named = pattern.indexOf(":]", i);
                String name = c == '[' && named > 0 ? pattern.substring(i, named + 2) : "";
                if (CLASSES.containsKey(name)) {
                    part.append(CLASSES.get(name));
                    i = named + 1;
                } else if (c == ']') {
                    inClass = false;
                    part.append(c);
                } else if (c == '^' || c == '-') {
                    part.append(c);
                } else {
                    literal(part, c);
                }
            } else {
                switch (c) {
                    case '%' -> part.append(".*");
                    case '_' -> part.append('.');
                    case '[' -> {
                        inClass = true;
                        part.append(c);
                    }
                    case '(' -> part.append("(?:");
                    case ')', '|', '*', '+', '?', '{', '}' -> part.append(c);
                    case ',' -> part.append(c);
                    default -> literal(part, c);
                }
            }
        }
        if (inClass) {
            return List.of();
        }
        parts.add(part.toString());
        return parts;
    }

    private static void literal(StringBuilder part, char c) {
        if ("\\^$.[]|()*+?{}-&~".indexOf(c) >= 0) {
            part.append('\\');
        }
        part.append(c);
    }
}
