package io.riacho.firehose.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A form of timestamps that {@code TimestampFormats} names: a pattern, or {@code millis} for milliseconds since 1970.
 *
 * <p>AWS takes the patterns of Joda-Time. Java's are the same but for a few letters, which are refused.
 *
 * @see <a href="https://www.joda.org/joda-time/apidocs/org/joda/time/format/DateTimeFormat.html">Joda-Time's patterns</a>
 */
record TimestampForm(String text, @Nullable DateTimeFormatter formatter) {

    private static final String MILLIS = "millis";
    /** With the same meaning in both; C, x, w, e, Y and k have another or none in Java. */
    private static final String LETTERS = "yMdDEaKhHmsSzZ";

    /** @throws IllegalArgumentException with a text for the caller */
    static TimestampForm parse(String text) {
        if (text.equals(MILLIS)) {
            return new TimestampForm(text, null);
        }
        try {
            return new TimestampForm(text, DateTimeFormatter.ofPattern(javaPattern(text), Locale.ENGLISH));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The timestamp format '" + text + "' is none: " + e.getMessage(), e);
        }
    }

    private static String javaPattern(String text) {
        StringBuilder pattern = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            if (quoted) {
                pattern.append(c);
            } else if (Character.isLetter(c) && LETTERS.indexOf(c) < 0) {
                throw new IllegalArgumentException("the letter " + c + " is not supported, only " + LETTERS);
            } else if ("[]{}#".indexOf(c) >= 0) {
                throw new IllegalArgumentException("the character " + c + " has to stand in quotes");
            } else if (c == 'Z' && text.startsWith("ZZ", i)) {
                if (text.startsWith("ZZZ", i)) {
                    throw new IllegalArgumentException("names of time zones (ZZZ) are not supported");
                }
                pattern.append("XXX");
                i++;
            } else {
                pattern.append(c);
            }
        }
        return pattern.toString();
    }

    /** Null where the text is not of this form. What it leaves out is that of 1970, midnight and UTC. */
    @Nullable
    Instant read(String value) {
        try {
            if (formatter == null) {
                return Instant.ofEpochMilli(Long.parseLong(value));
            }
            TemporalAccessor read = formatter.parse(value);
            LocalDate date = read.query(TemporalQueries.localDate());
            LocalTime time = read.query(TemporalQueries.localTime());
            ZoneId zone = read.query(TemporalQueries.zone());
            LocalDateTime local =
                    LocalDateTime.of(date == null ? LocalDate.EPOCH : date, time == null ? LocalTime.MIDNIGHT : time);
            return local.atZone(zone == null ? ZoneOffset.UTC : zone).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }
}
