package io.riacho.firehose.destination.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CopyOptions} word by word. Anything but words, numbers and texts in single quotes is refused, so that
 * options cannot end the command that they are in.
 */
public final class CopyOptions {

    /** A word or number, in upper case; or a text without its quotes. */
    public record Token(boolean quoted, String value) {}

    private final List<Token> tokens;
    private int at;

    public CopyOptions(@Nullable String text) {
        this.tokens = tokens(text == null ? "" : text);
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'') {
                StringBuilder value = new StringBuilder();
                at = quoted(text, at + 1, value);
                tokens.add(new Token(true, value.toString()));
            } else {
                int from = at;
                while (at < text.length() && isWord(text.charAt(at))) {
                    at++;
                }
                if (at == from) {
                    throw InvalidWarehouse.of(
                            "CopyCommand.CopyOptions can have words, numbers, and texts in single quotes;"
                                    + " there is something else at position " + (at + 1));
                }
                tokens.add(new Token(false, text.substring(from, at).toUpperCase(Locale.ROOT)));
            }
        }
        return tokens;
    }

    private static int quoted(String text, int from, StringBuilder value) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append(c);
                at++;
            } else if (value.indexOf("\0") >= 0) {
                break;
            } else {
                return at;
            }
        }
        throw InvalidWarehouse.of("CopyCommand.CopyOptions has a text in single quotes that does not end");
    }

    private static boolean isWord(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    public boolean hasNext() {
        return at < tokens.size();
    }

    /** The next one, whatever it is. */
    public Token next() {
        if (!hasNext()) {
            throw InvalidWarehouse.of("CopyCommand.CopyOptions ends where something has to follow");
        }
        return tokens.get(at++);
    }

    /** Whether a word follows; it is taken then. */
    public boolean take(String word) {
        boolean there =
                hasNext() && !tokens.get(at).quoted() && tokens.get(at).value().equals(word);
        if (there) {
            at++;
        }
        return there;
    }

    /** Whether a text in quotes follows. Nothing is taken. */
    public boolean hasText() {
        return hasNext() && tokens.get(at).quoted();
    }

    /** The text in quotes that has to follow, behind {@code AS} or not. */
    public String text(String option) {
        take("AS");
        if (!hasText()) {
            throw InvalidWarehouse.of("CopyCommand.CopyOptions: " + option + " is followed by a text in single quotes");
        }
        return next().value();
    }

    /** What is said of an option that cannot be honoured. */
    public static RuntimeException refused(Token token, String reason) {
        return InvalidWarehouse.of(
                "CopyCommand.CopyOptions: " + (token.quoted() ? "a text" : shown(token.value())) + " " + reason);
    }

    private static String shown(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }
}
