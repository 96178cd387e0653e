package io.riacho.firehose.prefix;

import io.riacho.protocol.AwsException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code !{namespace:value}} expressions.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html">Custom prefixes for Amazon S3
 *     objects</a>
 */
final class PrefixParser {

    private static final String OPENING = "!{";
    private static final int LONGEST_KEY_NAME = 128;

    private final String text;
    private final String member;
    private final List<PrefixPart> parts = new ArrayList<>();
    private int randomStrings;

    /** @param member the name of what is read, for errors: {@code Prefix} or {@code ErrorOutputPrefix} */
    PrefixParser(String text, String member) {
        this.text = text;
        this.member = member;
    }

    List<PrefixPart> parse() {
        int position = 0;
        while (position < text.length()) {
            int opening = text.indexOf(OPENING, position);
            if (opening != position) {
                int end = opening < 0 ? text.length() : opening;
                literal(text.substring(position, end));
                position = end;
                continue;
            }
            int closing = closing(opening + OPENING.length());
            parts.add(expression(text.substring(opening, closing + 1)));
            position = closing + 1;
        }
        return List.copyOf(parts);
    }

    private void literal(String literal) {
        if (literal.chars().anyMatch(Character::isISOControl)) {
            throw refused("%s must not contain control characters", member);
        }
        parts.add(new PrefixPart.Literal(literal));
    }

    /** The brace that closes an expression: in a timestamp's format, one between quotes is text. */
    private int closing(int begin) {
        boolean timestamp = text.startsWith("timestamp:", begin);
        boolean quoted = false;
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' && timestamp) {
                quoted = !quoted;
            } else if (!quoted && c == '}') {
                return i;
            } else if (!quoted && text.startsWith(OPENING, i)) {
                break;
            }
        }
        throw refused(
                "Invalid expression usage in %s: %s is not closed", member, text.substring(begin - OPENING.length()));
    }

    private PrefixPart expression(String expression) {
        String inside = expression.substring(OPENING.length(), expression.length() - 1);
        int colon = inside.indexOf(':');
        if (colon < 0) {
            throw refused(
                    "Invalid expression usage in %s: %s is not of the form !{namespace:value}", member, expression);
        }
        String namespace = inside.substring(0, colon);
        String value = inside.substring(colon + 1);
        return switch (namespace) {
            case "timestamp" -> timestamp(expression, value);
            case "firehose" ->
                switch (value) {
                    case "random-string" -> new PrefixPart.RandomString(randomStrings++);
                    case "error-output-type" -> new PrefixPart.ErrorOutputType();
                    default -> throw badValue(expression, "it has to be random-string or error-output-type");
                };
            case "partitionKeyFromQuery" -> new PrefixPart.KeyFromQuery(keyName(expression, value));
            case "partitionKeyFromLambda" -> new PrefixPart.KeyFromLambda(keyName(expression, value));
            default ->
                throw refused(
                        "Namespace to the left of colon (%s) is an invalid keyword! It is in %s: %s",
                        namespace, member, expression);
        };
    }

    private PrefixPart timestamp(String expression, String pattern) {
        if (pattern.isEmpty()) {
            throw badValue(expression, "it is empty");
        }
        try {
            // AWS's servers speak the English of the United States; it decides on names of months, and when weeks
            // begin.
            DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.US);
            String sample = format.format(Instant.EPOCH.atZone(ZoneOffset.UTC));
            if (sample.chars().anyMatch(Character::isISOControl)) {
                throw badValue(expression, "it has control characters");
            }
            return new PrefixPart.Timestamp(format);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw badValue(expression, String.valueOf(e.getMessage()));
        }
    }

    private String keyName(String expression, String name) {
        if (name.isBlank() || name.length() > LONGEST_KEY_NAME) {
            throw badValue(expression, "a partition key's name has 1 to " + LONGEST_KEY_NAME + " characters");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '{')) {
            throw badValue(expression, "a partition key's name has no braces or control characters");
        }
        return name;
    }

    private AwsException badValue(String expression, String why) {
        return refused(
                "Invalid conversion character used in the value of the expression in %s: %s: %s",
                member, expression, why);
    }

    private static AwsException refused(String format, Object... values) {
        return AwsException.badRequest("InvalidArgumentException", String.format(Locale.ROOT, format, values));
    }
}
