package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of FAST_REGEX_LOG_PARSE, as AWS's page describes them: split at the groups into searches that follow each
 * other without going back. What has a fixed length at the begin of a part ends the search before; inside a group a search takes
 * as little as it can. The whole line must be used up.
 *
 * <p>What follows the last group, where its length is not fixed, is counted to that group: AWS's page does not say so, but its
 * example gives {@code a_little_lamb} for {@code (.*)_(._.*)_.*}.
 */
final class FastRegex {
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("Digit", "[0-9]"),
            Map.entry("Upper", "[A-Z]"),
            Map.entry("Lower", "[a-z]"),
            Map.entry("ASCII", "[\\x00-\\x7F]"),
            Map.entry("Alpha", "[A-Za-z]"),
            Map.entry("Alnum", "[A-Za-z0-9]"),
            Map.entry("Punct", "[!-/:-@\\[-`{-~]"),
            Map.entry("Blank", "[ \\t]"),
            Map.entry("Space", "[ \\t\\n\\f\\r\\x0B]"),
            Map.entry("Cntrl", "[\\x00-\\x1F\\x7F]"),
            Map.entry("XDigit", "[0-9a-fA-F]"),
            Map.entry("Print", "[!-~]"),
            Map.entry("Graph", "[!-~]"));

    private static final int LONGEST = 10_000;

    private final List<Regex> searches;
    private final int groups;
    private final boolean openEnd;

    private FastRegex(List<Regex> searches, int groups, boolean openEnd) {
        this.searches = searches;
        this.groups = groups;
        this.openEnd = openEnd;
    }

    /** A piece of an expression that repeats as a whole; fixed if its length is. */
    private record Atom(String regex, String repeat, boolean fixed) {
        String text(boolean lazy) {
            return repeat.isEmpty() ? regex : "(?:" + regex + ")" + repeat + (lazy ? "?" : "");
        }
    }

    private record Part(boolean group, List<Atom> atoms) {}

    /** Null if the pattern is none, or uses what is not supported: intersection, complement, the empty language, intervals. */
    static @Nullable FastRegex of(String pattern) {
        if (pattern.length() > LONGEST) {
            return null;
        }
        List<Part> parts = new Reader(pattern).parts();
        if (parts == null || parts.stream().noneMatch(Part::group)) {
            return null;
        }
        List<StringBuilder> texts = new ArrayList<>();
        texts.add(new StringBuilder("\\A"));
        int groups = 0;
        for (Part part : parts) {
            StringBuilder current = texts.get(texts.size() - 1);
            if (part.group()) {
                groups++;
            }
            boolean begun = false;
            if (part.group() && (part.atoms().isEmpty() || part.atoms().get(0).fixed())) {
                current.append("()");
                begun = true;
            }
            boolean moved = true;
            for (Atom atom : part.atoms()) {
                if (moved && !atom.fixed()) {
                    moved = false;
                    if (current.length() > 2) {
                        current = new StringBuilder("\\A");
                        texts.add(current);
                    }
                    if (part.group() && !begun) {
                        current.append("()");
                        begun = true;
                    }
                }
                current.append(atom.text(part.group()));
            }
            if (part.group()) {
                current.append("()");
            }
        }
        Part last = parts.get(parts.size() - 1);
        boolean open = !last.group() && last.atoms().stream().anyMatch(atom -> !atom.fixed());
        texts.get(texts.size() - 1).append("\\z");
        List<Regex> searches = new ArrayList<>();
        for (StringBuilder text : texts) {
            Regex search = Regex.of("(?s)" + text);
            if (search == null) {
                return null;
            }
            searches.add(search);
        }
        return new FastRegex(List.copyOf(searches), groups, open);
    }

    int groups() {
        return groups;
    }

    /** The groups of a line, null if it is not of this form. */
    @Nullable
    Row parse(String line) {
        int[] places = new int[2 * groups];
        int place = 0;
        int at = 0;
        for (Regex search : searches) {
            int[] found = search.find(line.substring(at), 0);
            if (found == null) {
                return null;
            }
            for (int i = 1; i < found.length / 2; i++) {
                places[place++] = at + found[2 * i];
            }
            at += found[1];
        }
        if (openEnd) {
            places[places.length - 1] = line.length();
        }
        Row row = new Row(groups);
        for (int i = 0; i < groups; i++) {
            row.setField(i, line.substring(places[2 * i], places[2 * i + 1]));
        }
        return row;
    }

    /** Reads a pattern in the notation of dk.brics.automaton. */
    private static final class Reader {
        private final String pattern;
        private int at;

        Reader(String pattern) {
            this.pattern = pattern;
        }

        /** Parts in and between the groups, null if the pattern is none. */
        @Nullable
        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            List<Atom> outside = new ArrayList<>();
            while (at < pattern.length()) {
                if (pattern.charAt(at) == '(') {
                    if (!outside.isEmpty()) {
                        parts.add(new Part(false, outside));
                        outside = new ArrayList<>();
                    }
                    List<Atom> group = group();
                    if (group == null) {
                        return null;
                    }
                    parts.add(new Part(true, group));
                } else if (!atom(outside)) {
                    return null;
                }
            }
            if (!outside.isEmpty()) {
                parts.add(new Part(false, outside));
            }
            return parts;
        }

        private @Nullable List<Atom> group() {
            int begin = ++at;
            List<Atom> atoms = new ArrayList<>();
            boolean union = false;
            StringBuilder whole = new StringBuilder();
            while (at < pattern.length() && pattern.charAt(at) != ')') {
                if (pattern.charAt(at) == '|') {
                    union = true;
                    whole.append('|');
                    at++;
                } else {
                    int before = atoms.size();
                    if (!atom(atoms)) {
                        return null;
                    }
                    for (Atom atom : atoms.subList(before, atoms.size())) {
                        whole.append(atom.text(false));
                    }
                }
            }
            if (at >= pattern.length()) {
                return null;
            }
            at++;
            String repeat = repeat();
            if (repeat == null) {
                return null;
            }
            if (union || !repeat.isEmpty() && at > begin) {
                return List.of(new Atom("(?:" + whole + ")", repeat, false));
            }
            return atoms;
        }

        /** Reads one atom with its repetition; one or more of it are that atom and then any number of it. */
        private boolean atom(List<Atom> to) {
            String regex = single();
            if (regex == null) {
                return false;
            }
            String repeat = repeat();
            if (repeat == null) {
                return false;
            }
            boolean fixed = !regex.equals(".*");
            if (repeat.equals("+")) {
                to.add(new Atom(regex, "", fixed));
                to.add(new Atom(regex, "*", false));
            } else {
                to.add(new Atom(regex, repeat, fixed && (repeat.isEmpty() || repeat.matches("\\{[0-9]+\\}"))));
            }
            return true;
        }

        private @Nullable String single() {
            char c = pattern.charAt(at++);
            switch (c) {
                case '.':
                    return ".";
                case '@':
                    return ".*";
                case '(':
                    at--;
                    List<Atom> inner = group();
                    if (inner == null) {
                        return null;
                    }
                    StringBuilder text = new StringBuilder("(?:");
                    inner.forEach(atom -> text.append(atom.text(false)));
                    return text.append(')').toString();
                case '[':
                    int end = pattern.indexOf(']', at + 1);
                    if (end < 0) {
                        return null;
                    }
                    String set = pattern.substring(at, end);
                    at = end + 1;
                    return "[" + set.replace("[", "\\[").replace("&", "\\&") + "]";
                case '<':
                    int close = pattern.indexOf('>', at);
                    String named = close < 0 ? null : NAMED.get(pattern.substring(at, close));
                    at = close + 1;
                    return named;
                case '"':
                    int quote = pattern.indexOf('"', at);
                    if (quote < 0) {
                        return null;
                    }
                    String quoted = pattern.substring(at, quote);
                    at = quote + 1;
                    return "(?:" + com.google.re2j.Pattern.quote(quoted) + ")";
                case '\\':
                    return at < pattern.length()
                            ? com.google.re2j.Pattern.quote(String.valueOf(pattern.charAt(at++)))
                            : null;
                case ')', '|', '&', '~', '#', '*', '+', '?', '{', '}':
                    return null;
                default:
                    return com.google.re2j.Pattern.quote(String.valueOf(c));
            }
        }

        /** Null if it is not well formed. */
        private @Nullable String repeat() {
            if (at >= pattern.length()) {
                return "";
            }
            char c = pattern.charAt(at);
            if (c == '*' || c == '+' || c == '?') {
                at++;
                return String.valueOf(c);
            }
            if (c != '{') {
                return "";
            }
            int end = pattern.indexOf('}', at);
            String repeat = end < 0 ? "" : pattern.substring(at, end + 1);
            at = end + 1;
            return repeat.matches("\\{[0-9]{1,4}(,([0-9]{1,4})?)?\\}") ? repeat : null;
        }
    }
}
