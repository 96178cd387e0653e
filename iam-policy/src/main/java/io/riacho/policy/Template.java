package io.riacho.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy with its wildcards and variables: {@code ${aws:username}}, with a default value
 * {@code ${aws:username, 'nobody'}}, and the characters {@code ${*}}, {@code ${?}} and {@code ${$}}. What a variable holds
 * is taken to the letter. See IAM's page "Policy elements: Variables and tags".
 */
final class Template {

    private final List<Part> parts;

    private sealed interface Part {}

    /** @param tokens as {@link Glob}'s */
    private record Constant(int[] tokens) implements Part {}

    /** @param key in lower case */
    private record Variable(
            String key, String name, @Nullable String defaultValue) implements Part {}

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /** Whether it is the same for all requests. */
    boolean isConstant() {
        return parts.isEmpty() || (parts.size() == 1 && parts.getFirst() instanceof Constant);
    }

    /** Of a constant one. */
    int[] tokens() {
        return parts.isEmpty() ? new int[0] : leading();
    }

    /** What stands before the first variable. */
    int[] leading() {
        return !parts.isEmpty() && parts.getFirst() instanceof Constant(int[] tokens) ? tokens : new int[0];
    }

    void addVariablesTo(Set<String> names) {
        for (Part part : parts) {
            if (part instanceof Variable variable) {
                names.add(variable.name());
            }
        }
    }

    boolean isResolvable(ConditionContext context) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Variable variable && value(variable, context) == null) {
                return false;
            }
        }
        return true;
    }

    /** @return null where a variable has no value */
    int @Nullable [] resolve(ConditionContext context) {
        int[] tokens = new int[64];
        int length = 0;
        for (Part part : parts) {
            int[] more;
            switch (part) {
                case Constant constant -> more = constant.tokens();
                case Variable variable -> {
                    String value = value(variable, context);
                    if (value == null) {
                        return null;
                    }
                    more = value.codePoints().toArray();
                }
            }
            if (length + more.length > tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * (length + more.length));
            }
            System.arraycopy(more, 0, tokens, length, more.length);
            length += more.length;
        }
        return Arrays.copyOf(tokens, length);
    }

    /** A key with several values is none that a variable could stand for. */
    private static @Nullable String value(Variable variable, ConditionContext context) {
        List<String> values = context.values(variable.key());
        if (values == null) {
            return variable.defaultValue();
        }
        return values.size() == 1 ? values.getFirst() : null;
    }

    /** Reads a text with variables. */
    static Template parse(String text, boolean wildcards, SourcePosition at, PolicyErrors errors) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int[] tokens = new int[0];
        int i = 0;
        while (i < text.length()) {
            if (!text.startsWith("${", i)) {
                plain.append(text.charAt(i++));
                continue;
            }
            int end = end(text, i);
            if (end < 0) {
                errors.add(at, "Policy variable in " + PolicyErrors.shorten(text) + " is missing a closing brace");
                return literal(text, wildcards);
            }
            String inside = text.substring(i + 2, end);
            i = end + 1;
            tokens = append(tokens, tokens(plain, wildcards));
            plain.setLength(0);
            if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
                tokens = append(tokens, new int[] {inside.charAt(0)});
                continue;
            }
            Variable variable = variable(inside);
            if (variable == null) {
                errors.add(at, "Policy variable ${" + PolicyErrors.shorten(inside) + "} is not valid");
                continue;
            }
            if (tokens.length > 0) {
                parts.add(new Constant(tokens));
                tokens = new int[0];
            }
            parts.add(variable);
        }
        tokens = append(tokens, tokens(plain, wildcards));
        if (tokens.length > 0) {
            parts.add(new Constant(tokens));
        }
        return new Template(parts);
    }

    /** A text in which {@code ${} means itself. */
    static Template literal(String text, boolean wildcards) {
        return new Template(List.of(new Constant(tokens(text, wildcards))));
    }

    /** The index of the brace that closes the variable, which may be in no quotes; -1 for none. */
    private static int end(String text, int start) {
        boolean quoted = false;
        for (int i = start + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Variable variable(String inside) {
        int comma = inside.indexOf(',');
        String name = comma < 0 ? inside : inside.substring(0, comma);
        String defaultValue = null;
        if (comma >= 0) {
            String quoted = inside.substring(comma + 1).strip();
            if (quoted.length() < 2 || quoted.charAt(0) != '\'' || quoted.indexOf('\'', 1) != quoted.length() - 1) {
                return null;
            }
            defaultValue = quoted.substring(1, quoted.length() - 1);
        }
        if (!ConditionReader.isKey(name) || name.indexOf(':') < 0) {
            return null;
        }
        return new Variable(name.toLowerCase(Locale.ROOT), name, defaultValue);
    }

    private static int[] tokens(CharSequence text, boolean wildcards) {
        return wildcards ? Glob.tokens(text.toString()) : text.codePoints().toArray();
    }

    private static int[] append(int[] tokens, int[] more) {
        int[] all = Arrays.copyOf(tokens, tokens.length + more.length);
        System.arraycopy(more, 0, all, tokens.length, more.length);
        return all;
    }
}
