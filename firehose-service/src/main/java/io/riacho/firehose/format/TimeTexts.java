package io.riacho.firehose.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as Firehose reads them without being told: {@code 2017-02-07T15:13:01.39256Z}, {@code 2017-2-7
 * 15:13:01.14}, and seconds or milliseconds since 1970.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html">Choose the JSON
 *     deserializer</a>
 */
final class TimeTexts {

    /** Seconds to the year 5138, or milliseconds from March 1973. */
    private static final long SECONDS_END = 100_000_000_000L;
    /** Milliseconds to the year 9999. */
    private static final long MILLIS_END = 253_402_300_800_000L;

    private static final int NANO_DIGITS = 9;

    private TimeTexts() {}

    /** Null where it is no date. */
    @Nullable
    static LocalDate date(String text) {
        Scan scan = new Scan(text);
        LocalDate date = scan.date();
        return scan.isDone() ? date : null;
    }

    /** Null where it is no time. */
    @Nullable
    static Instant time(String text) {
        Scan scan = new Scan(text);
        LocalDate date = scan.date();
        if (date == null) {
            return null;
        }
        if (scan.isDone()) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return scan.timeOf(date);
    }

    /** Seconds or milliseconds, by how many they are; null where it is neither. */
    @Nullable
    static Instant epoch(long number) {
        long size = Math.abs(number);
        if (number == Long.MIN_VALUE || size >= MILLIS_END) {
            return null;
        }
        return size < SECONDS_END ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }

    /** Seconds with a fraction; null where they are too many. */
    @Nullable
    static Instant epoch(BigDecimal seconds) {
        if (seconds.precision() - (long) seconds.scale() > 11 || seconds.scale() > 400) {
            return null;
        }
        BigDecimal nanos = seconds.setScale(NANO_DIGITS, RoundingMode.HALF_EVEN).movePointRight(NANO_DIGITS);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }

    private static final class Scan {

        private final String text;
        private int position;

        Scan(String text) {
            this.text = text;
        }

        boolean isDone() {
            return position == text.length();
        }

        @Nullable
        LocalDate date() {
            int year = number(4, 4);
            boolean first = skip('-');
            int month = number(1, 2);
            boolean second = skip('-');
            int day = number(1, 2);
            if (year < 0 || !first || month < 0 || !second || day < 0) {
                return null;
            }
            try {
                return LocalDate.of(year, month, day);
            } catch (DateTimeException e) {
                return null;
            }
        }

        @Nullable
        Instant timeOf(LocalDate date) {
            if (!skip('T') && !skip(' ')) {
                return null;
            }
            int hour = number(1, 2);
            boolean first = skip(':');
            int minute = number(2, 2);
            boolean second = skip(':');
            int seconds = number(2, 2);
            int nanos = skip('.') ? fraction() : 0;
            if (hour < 0 || !first || minute < 0 || !second || seconds < 0 || nanos < 0) {
                return null;
            }
            ZoneOffset zone = zone();
            if (zone == null || !isDone()) {
                return null;
            }
            try {
                return LocalDateTime.of(
                                date.getYear(), date.getMonth(), date.getDayOfMonth(), hour, minute, seconds, nanos)
                        .toInstant(zone);
            } catch (DateTimeException e) {
                return null;
            }
        }

        private @Nullable ZoneOffset zone() {
            if (isDone() || skip('Z')) {
                return ZoneOffset.UTC;
            }
            boolean isMinus = skip('-');
            if (!isMinus && !skip('+')) {
                return null;
            }
            int hours = number(2, 2);
            skip(':');
            int minutes = isDone() ? 0 : number(2, 2);
            if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
                return null;
            }
            int seconds = Math.min(hours * 3600 + minutes * 60, 18 * 3600);
            return ZoneOffset.ofTotalSeconds(isMinus ? -seconds : seconds);
        }

        private int fraction() {
            int start = position;
            int nanos = number(1, NANO_DIGITS);
            for (int digits = position - start; nanos >= 0 && digits < NANO_DIGITS; digits++) {
                nanos *= 10;
            }
            return nanos;
        }

        /** Negative where there is none. */
        private int number(int least, int most) {
            int start = position;
            int number = 0;
            while (position < text.length() && position - start < most && isDigit(text.charAt(position))) {
                number = number * 10 + text.charAt(position) - '0';
                position++;
            }
            return position - start < least ? -1 : number;
        }

        private boolean skip(char c) {
            if (position < text.length() && text.charAt(position) == c) {
                position++;
                return true;
            }
            return false;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
