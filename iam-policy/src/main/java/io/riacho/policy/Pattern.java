package io.riacho.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text of a policy that names texts of requests, with wildcards and variables. */
final class Pattern implements ConditionValue {

    /** How a pattern is meant. */
    enum Style {
        /** To the letter. */
        EXACT,
        EXACT_IGNORING_CASE,
        /** Wildcards stand for any character. */
        LIKE,
        /**
         * Wildcards stay in their part of an ARN, which are six, divided by colons: for {@code ArnLike} and its like. See
         * IAM's page "Condition operators".
         */
        ARN,
        /**
         * As {@link #ARN}, but a {@code *} at the end of a part goes on beyond the colon: for {@code Resource}. See IAM's
         * page "JSON policy elements: Resource".
         */
        RESOURCE;

        boolean hasWildcards() {
            return this != EXACT && this != EXACT_IGNORING_CASE;
        }
    }

    private static final int ARN_COLONS = 5;

    private final Template template;
    private final Style style;

    /** Null where it depends on the request. */
    private final @Nullable Test constant;

    /** What a text that matches begins with. */
    private final String prefix;

    private interface Test {
        boolean matches(String actual);
    }

    Pattern(Template template, Style style) {
        this.template = template;
        this.style = style;
        this.constant = template.isConstant() ? test(template.tokens()) : null;
        this.prefix = style == Style.EXACT_IGNORING_CASE ? "" : prefix(template.leading());
    }

    @Override
    public Match match(String actual, ConditionContext context) {
        if (constant != null) {
            return Match.of(constant.matches(actual));
        }
        if (!template.isResolvable(context)) {
            return Match.UNRESOLVED;
        }
        if (!actual.startsWith(prefix)) {
            return Match.NO;
        }
        int[] tokens = template.resolve(context);
        return tokens == null ? Match.UNRESOLVED : Match.of(test(tokens).matches(actual));
    }

    void addVariablesTo(Set<String> names) {
        template.addVariablesTo(names);
    }

    private Test test(int[] tokens) {
        return switch (style) {
            case EXACT -> new String(tokens, 0, tokens.length)::equals;
            case EXACT_IGNORING_CASE -> new String(tokens, 0, tokens.length)::equalsIgnoreCase;
            case LIKE -> new Glob(tokens, false)::matches;
            case ARN, RESOURCE -> new Glob(bySegments(tokens), false)::matches;
        };
    }

    private int[] bySegments(int[] tokens) {
        int[] divided = tokens.clone();
        if (tokens.length == 1) {
            return divided;
        }
        int colons = 0;
        for (int i = 0; i < divided.length && colons < ARN_COLONS; i++) {
            boolean ends = i + 1 == divided.length || divided[i + 1] == ':';
            switch (divided[i]) {
                case ':' -> colons++;
                case Glob.ONE -> divided[i] = Glob.ONE_IN_SEGMENT;
                case Glob.ANY -> divided[i] = style == Style.RESOURCE && ends ? Glob.ANY : Glob.ANY_IN_SEGMENT;
                default -> {}
            }
        }
        return divided;
    }

    private static String prefix(int[] tokens) {
        int length = 0;
        while (length < tokens.length && tokens[length] >= 0) {
            length++;
        }
        return new String(tokens, 0, length);
    }
}
