package io.riacho.protocol.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * When a request was signed, to the second.
 *
 * @param text the time in ISO 8601's basic format, such as {@code 20260315T075830Z}
 */
record SignedAt(String text, long epochSecond, LocalDate date) {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** @param value an {@code X-Amz-Date}, or a {@code Date} in that format or in the one of HTTP */
    static SignedAt parse(String value) {
        try {
            if (isBasic(value)) {
                LocalDateTime time = LocalDateTime.of(
                        number(value, 0, 4),
                        number(value, 4, 6),
                        number(value, 6, 8),
                        number(value, 9, 11),
                        number(value, 11, 13),
                        number(value, 13, 15));
                return new SignedAt(value, time.toEpochSecond(ZoneOffset.UTC), time.toLocalDate());
            }
            ZonedDateTime time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .withZoneSameInstant(ZoneOffset.UTC);
            return new SignedAt(BASIC.format(time), time.toEpochSecond(), time.toLocalDate());
        } catch (DateTimeException e) {
            throw SignatureErrors.malformedDate(value);
        }
    }

    static String format(long epochSecond) {
        return BASIC.format(Instant.ofEpochSecond(epochSecond));
    }

    /** The day as a credential scope writes it. */
    String day() {
        return text.substring(0, 8);
    }

    private static boolean isBasic(String value) {
        if (value.length() != 16 || value.charAt(8) != 'T' || value.charAt(15) != 'Z') {
            return false;
        }
        for (int i = 0; i < 15; i++) {
            char c = value.charAt(i);
            if (i != 8 && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static int number(String value, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (value.charAt(i) - '0');
        }
        return number;
    }
}
