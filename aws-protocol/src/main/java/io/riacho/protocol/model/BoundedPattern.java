package io.riacho.protocol.model;

import java.util.regex.Pattern;

/**
 * A pattern of the model, which must match the whole value. Some of the published patterns backtrack for hours on a value
 * made for it, so a match that looks at more characters than any honest value needs counts as none.
 */
final class BoundedPattern {

    private static final int MAX_LOOKS = 1_000_000;

    private final Pattern pattern;

    BoundedPattern(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    boolean matches(String value) {
        try {
            return pattern.matcher(new CountedText(value)).matches();
        } catch (TooManyLooks e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    private static final class CountedText implements CharSequence {

        private final String text;
        private int looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MAX_LOOKS) {
                throw new TooManyLooks();
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

    private static final class TooManyLooks extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super(null, null, false, false);
        }
    }
}
