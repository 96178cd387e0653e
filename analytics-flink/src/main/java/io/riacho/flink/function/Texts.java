package io.riacho.flink.function;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values out of the text of a CAST: NULL where the text is none. Blanks around it do not count. */
final class Texts {
    private static final String DATE = "([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})";
    private static final String TIME = "([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\\.([0-9]{1,9}))?)?";
    private static final Pattern DATES = Pattern.compile(DATE);
    private static final Pattern TIMES = Pattern.compile(TIME);
    private static final Pattern TIMESTAMPS = Pattern.compile(DATE + "(?:[ T]" + TIME + "Z?)?");

    /** No number that fits is longer. */
    private static final int LONGEST = 400;

    private Texts() {}

    static @Nullable LocalDateTime timestamp(String text) {
        Matcher match = TIMESTAMPS.matcher(text.trim());
        if (!match.matches()) {
            return null;
        }
        LocalDate date = date(match, 1);
        LocalTime time = match.group(4) == null ? LocalTime.MIDNIGHT : time(match, 4);
        return date == null || time == null ? null : date.atTime(time);
    }

    static @Nullable LocalDate date(String text) {
        Matcher match = DATES.matcher(text.trim());
        return match.matches() ? date(match, 1) : null;
    }

    static @Nullable LocalTime time(String text) {
        Matcher match = TIMES.matcher(text.trim());
        return match.matches() ? time(match, 1) : null;
    }

    private static @Nullable LocalDate date(Matcher match, int group) {
        try {
            return LocalDate.of(number(match, group), number(match, group + 1), number(match, group + 2));
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /** Of a fraction of a second the milliseconds count. */
    private static @Nullable LocalTime time(Matcher match, int group) {
        int second = match.group(group + 2) == null ? 0 : number(match, group + 2);
        String fraction = match.group(group + 3) == null ? "" : match.group(group + 3);
        int millis = Integer.parseInt((fraction + "000").substring(0, 3));
        try {
            return LocalTime.of(number(match, group), number(match, group + 1), second, millis * 1_000_000);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    static @Nullable Boolean truth(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    static @Nullable BigDecimal decimal(String text) {
        String number = text.trim();
        if (number.isEmpty() || number.length() > LONGEST) {
            return null;
        }
        try {
            BigDecimal decimal = new BigDecimal(number);
            return Math.abs((long) decimal.scale()) > LONGEST ? null : decimal;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    static @Nullable Double real(String text) {
        BigDecimal decimal = decimal(text);
        double real = decimal == null ? Double.NaN : decimal.doubleValue();
        return Double.isFinite(real) ? real : null;
    }

    /** A fraction is rounded, half away from zero. */
    static @Nullable Long whole(String text) {
        BigDecimal decimal = decimal(text);
        if (decimal == null) {
            return null;
        }
        try {
            return decimal.setScale(0, java.math.RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException tooBig) {
            return null;
        }
    }
}
