package io.riacho.flink.function;

import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that ends: RE2 matches in a time linear in the text; what RE2 does not know (a look ahead or behind, a
 * back reference, a possessive quantifier) is left to Java's, which gives up after so many steps.
 */
final class Regex {
    private static final int LONGEST = 10_000;

    private final com.google.re2j.@Nullable Pattern linear;
    private final java.util.regex.@Nullable Pattern bounded;

    private Regex(com.google.re2j.@Nullable Pattern linear, java.util.regex.@Nullable Pattern bounded) {
        this.linear = linear;
        this.bounded = bounded;
    }

    /** Null if the text is no regular expression. */
    static @Nullable Regex of(String pattern) {
        if (pattern.length() > LONGEST) {
            return null;
        }
        try {
            return new Regex(com.google.re2j.Pattern.compile(pattern), null);
        } catch (PatternSyntaxException notForRe2) {
            return ofJava(pattern);
        }
    }

    private static @Nullable Regex ofJava(String pattern) {
        if (repetitions(pattern) > 10_000) {
            return null;
        }
        try {
            return new Regex(null, java.util.regex.Pattern.compile(pattern));
        } catch (java.util.regex.PatternSyntaxException | StackOverflowError notOne) {
            return null;
        }
    }

    /** All counted repetitions multiplied, since Java counts nested ones without looking at the text. */
    private static long repetitions(String pattern) {
        long product = 1;
        java.util.regex.Matcher counts =
                java.util.regex.Pattern.compile("\\{(?:[0-9]*,)?([0-9]{1,9})").matcher(pattern);
        while (counts.find() && product <= 10_000) {
            product *= Math.max(1, Long.parseLong(counts.group(1)));
        }
        return product;
    }

    int groups() {
        com.google.re2j.Pattern known = linear;
        if (known != null) {
            return known.groupCount();
        }
        java.util.regex.Pattern java = bounded;
        return java == null ? 0 : java.matcher("").groupCount();
    }

    /** Where the whole text's groups are: see {@link #find}. */
    int @Nullable [] match(String text) {
        com.google.re2j.Pattern known = linear;
        if (known != null) {
            com.google.re2j.Matcher matcher = known.matcher(text);
            return matcher.matches() ? bounds(matcher::start, matcher::end) : null;
        }
        return java(text, -1);
    }

    /**
     * The first match at or after a position: begin and end of the match, then of each group, -1 for a group that takes no
     * part. Null if there is none, or if it took too many steps.
     */
    int @Nullable [] find(String text, int from) {
        com.google.re2j.Pattern known = linear;
        if (known != null) {
            com.google.re2j.Matcher matcher = known.matcher(text);
            return matcher.find(from) ? bounds(matcher::start, matcher::end) : null;
        }
        return java(text, from);
    }

    private int @Nullable [] java(String text, int from) {
        java.util.regex.Pattern pattern = bounded;
        if (pattern == null) {
            return null;
        }
        java.util.regex.Matcher matcher = pattern.matcher(new Steps(text));
        try {
            boolean found = from < 0 ? matcher.matches() : matcher.find(from);
            return found ? bounds(matcher::start, matcher::end) : null;
        } catch (TooManySteps | StackOverflowError tooHard) {
            return null;
        }
    }

    private int[] bounds(java.util.function.IntUnaryOperator start, java.util.function.IntUnaryOperator end) {
        int[] bounds = new int[2 * groups() + 2];
        for (int i = 0; i <= groups(); i++) {
            bounds[2 * i] = start.applyAsInt(i);
            bounds[2 * i + 1] = end.applyAsInt(i);
        }
        return bounds;
    }

    private static final class TooManySteps extends RuntimeException {
        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** A text that is read only so often. */
    private static final class Steps implements CharSequence {
        private final String text;
        private int left;

        Steps(String text) {
            this.text = text;
            this.left = 1_000_000 + 100 * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
