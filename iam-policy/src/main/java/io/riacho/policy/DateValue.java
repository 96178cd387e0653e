package io.riacho.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * A point in time of a policy: in one of the W3C's forms of ISO 8601 (<a href="https://www.w3.org/TR/NOTE-datetime">Date
 * and Time Formats</a>), or in seconds since 1970.
 */
record DateValue(Instant value, Order order) implements ConditionValue {

    private static final int MAX_LENGTH = 48;

    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalEnd()
            .appendOffset("+HH:MM", "Z")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public Match match(String actual, ConditionContext context) {
        Instant instant = parse(actual);
        return Match.of(instant != null && order.holds(instant.compareTo(value)));
    }

    static @Nullable Instant parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            if (text.indexOf('T') > 0) {
                return OffsetDateTime.parse(text, DATE_AND_TIME).toInstant();
            }
            return switch (shape(text)) {
                case "9999" -> startOf(text + "-01-01");
                case "9999-99" -> startOf(text + "-01");
                case "9999-99-99" -> startOf(text);
                default -> sinceEpoch(text);
            };
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static Instant startOf(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static @Nullable Instant sinceEpoch(String text) {
        BigDecimal seconds = NumberValue.parse(text);
        if (seconds == null) {
            return null;
        }
        long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
        BigDecimal rest = seconds.subtract(BigDecimal.valueOf(whole));
        return Instant.ofEpochSecond(whole, rest.movePointRight(9).longValue());
    }

    /** With a 9 for each digit. */
    private static String shape(String text) {
        StringBuilder shape = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shape.append(c >= '0' && c <= '9' ? '9' : c);
        }
        return shape.toString();
    }
}
