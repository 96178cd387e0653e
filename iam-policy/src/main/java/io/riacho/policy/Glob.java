package io.riacho.policy;

import java.util.Arrays;

/**
 * A pattern with wildcards, compiled to a nondeterministic automaton that reads each character of a text once and keeps
 * its states as bits: the time is that of the text's length, times a 64th of the pattern's, whatever either holds.
 *
 * <p>State <i>i</i> means that <i>i</i> characters of the pattern were read. A {@code *} is no state of its own but lets the
 * state that it stands at stay.
 */
final class Glob {

    /** Any characters, also none. */
    static final int ANY = -1;

    /** Any one character. */
    static final int ONE = -2;

    /** Any characters but colons, also none. */
    static final int ANY_IN_SEGMENT = -3;

    /** Any one character but a colon. */
    static final int ONE_IN_SEGMENT = -4;

    private static final int ASCII = 128;
    private static final long[] NONE = {};

    private final boolean ignoreCase;
    private final String prefix;
    private final Rest rest;

    /** The tokens after the prefix that consume a character. */
    private final int[] consuming;

    /** For each state whether it may stay, on every character, and on every one but a colon. */
    private final long[] stays;

    private final long[] staysInSegment;

    /** For each ASCII character the line of {@link #steps} that it goes by; line 0 is that of characters without one. */
    private final byte[] lines;

    /** For each line the states that may go on to the next one. */
    private final long[][] steps;

    private enum Rest {
        /** The prefix is the whole pattern. */
        NOTHING,
        /** The pattern is a prefix and a {@code *}. */
        ANYTHING,
        PATTERN
    }

    /**
     * @param tokens code points, and the wildcards above
     * @param ignoreCase of ASCII letters
     */
    Glob(int[] tokens, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        int literal = 0;
        while (literal < tokens.length && tokens[literal] >= 0) {
            literal++;
        }
        prefix = new String(tokens, 0, literal);
        if (literal == tokens.length) {
            rest = Rest.NOTHING;
        } else if (literal == tokens.length - 1 && tokens[literal] == ANY) {
            rest = Rest.ANYTHING;
        } else {
            rest = Rest.PATTERN;
        }
        if (rest != Rest.PATTERN) {
            consuming = new int[0];
            stays = NONE;
            staysInSegment = NONE;
            lines = new byte[0];
            steps = new long[0][];
            return;
        }

        consuming = Arrays.stream(tokens, literal, tokens.length)
                .filter(token -> token != ANY && token != ANY_IN_SEGMENT)
                .toArray();
        int words = consuming.length / Long.SIZE + 1;
        stays = new long[words];
        staysInSegment = new long[words];
        int state = 0;
        for (int i = literal; i < tokens.length; i++) {
            if (tokens[i] == ANY) {
                set(stays, state);
            } else if (tokens[i] == ANY_IN_SEGMENT) {
                set(staysInSegment, state);
            } else {
                state++;
            }
        }
        lines = new byte[ASCII];
        steps = steps();
    }

    private long[][] steps() {
        int count = 1;
        lines[':'] = (byte) count++;
        for (int token : consuming) {
            if (token >= 0 && token < ASCII && lines[token] == 0) {
                lines[token] = (byte) count++;
                if (ignoreCase && Character.isLetter(token)) {
                    lines[otherCase(token)] = lines[token];
                }
            }
        }
        long[][] all = new long[count][];
        all[0] = step(-1);
        for (int c = 0; c < ASCII; c++) {
            int line = lines[c] & 0xFF;
            if (line != 0 && all[line] == null) {
                all[line] = step(c);
            }
        }
        return all;
    }

    /** The states that may go on by a character. */
    private long[] step(int character) {
        long[] step = new long[stays.length];
        for (int i = 0; i < consuming.length; i++) {
            if (takes(consuming[i], character)) {
                set(step, i);
            }
        }
        return step;
    }

    private boolean takes(int token, int character) {
        return switch (token) {
            case ONE -> true;
            case ONE_IN_SEGMENT -> character != ':';
            default ->
                token == character
                        || (ignoreCase
                                && character < ASCII
                                && Character.isLetter(character)
                                && token == otherCase(character));
        };
    }

    boolean matches(String text) {
        if (!text.regionMatches(ignoreCase, 0, prefix, 0, prefix.length())) {
            return false;
        }
        return switch (rest) {
            case NOTHING -> text.length() == prefix.length();
            case ANYTHING -> true;
            case PATTERN -> stays.length == 1 ? matchesInOneWord(text) : matchesInWords(text);
        };
    }

    private boolean matchesInOneWord(String text) {
        long always = stays[0];
        long inSegment = always | staysInSegment[0];
        long states = 1;
        for (int i = prefix.length(); i < text.length() && states != 0; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            long step = c < ASCII ? steps[lines[c] & 0xFF][0] : step(c)[0];
            states = ((states & step) << 1) | (states & (c == ':' ? always : inSegment));
        }
        return (states >>> consuming.length & 1) != 0;
    }

    private boolean matchesInWords(String text) {
        long[] states = new long[stays.length];
        states[0] = 1;
        for (int i = prefix.length(); i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            long[] step = c < ASCII ? steps[lines[c] & 0xFF] : step(c);
            long carry = 0;
            long alive = 0;
            for (int word = 0; word < states.length; word++) {
                long taken = states[word] & step[word];
                long stay = c == ':' ? stays[word] : stays[word] | staysInSegment[word];
                states[word] = (taken << 1) | carry | (states[word] & stay);
                carry = taken >>> (Long.SIZE - 1);
                alive |= states[word];
            }
            if (alive == 0) {
                return false;
            }
        }
        return (states[consuming.length / Long.SIZE] >>> consuming.length & 1) != 0;
    }

    private static int otherCase(int asciiLetter) {
        return asciiLetter ^ 0x20;
    }

    private static void set(long[] bits, int index) {
        bits[index / Long.SIZE] |= 1L << index;
    }

    /** The code points of a text, with {@code *} and {@code ?} as wildcards. */
    static int[] tokens(String pattern) {
        return pattern.codePoints()
                .map(c -> switch (c) {
                    case '*' -> ANY;
                    case '?' -> ONE;
                    default -> c;
                })
                .toArray();
    }
}
