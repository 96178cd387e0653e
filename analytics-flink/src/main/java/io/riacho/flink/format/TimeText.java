package io.riacho.flink.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/**
 * Texts of dates and times: {@code 1992-02-14}, {@code 1992-02-14 18:35:44.0}, {@code 18:35:44}, and those of ISO 8601 with a
 * {@code T} and an offset. Without an offset they are UTC.
 */
final class TimeText {

    private static final int LONGEST = 64;
    private static final int DATE_LENGTH = 10;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter OUT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss.SSS")
            .toFormatter(Locale.ROOT);

    private TimeText() {}

    /** In Flink's internal form; null where the text is none. */
    static @Nullable Object parse(String given, LogicalType type) {
        String text = given.trim();
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            if (type.getTypeRoot() == LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE) {
                LocalTime time = text.length() > DATE_LENGTH && text.charAt(4) == '-'
                        ? dateTime(text).toLocalTime()
                        : LocalTime.parse(text, TIME);
                return (int) (time.toNanoOfDay() / 1_000_000);
            }
            LocalDateTime time = dateTime(text);
            if (type.getTypeRoot() == LogicalTypeRoot.DATE) {
                return Math.toIntExact(time.toLocalDate().toEpochDay());
            }
            int precision = LogicalTypeChecks.getPrecision(type);
            int unit = (int) Math.pow(10, 9 - precision);
            return TimestampData.fromLocalDateTime(time.withNano(time.getNano() / unit * unit));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDateTime dateTime(String text) {
        if (text.length() <= DATE_LENGTH) {
            return LocalDate.parse(text, DATE).atStartOfDay();
        }
        LocalDate date = LocalDate.parse(text.substring(0, DATE_LENGTH), DATE);
        char between = text.charAt(DATE_LENGTH);
        if (between != ' ' && between != 'T') {
            throw new DateTimeException("neither a space nor a T");
        }
        String rest = text.substring(DATE_LENGTH + 1);
        if (rest.endsWith("Z") || rest.indexOf('+') > 0 || rest.indexOf('-') > 0) {
            return OffsetDateTime.parse(date + "T" + rest)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        }
        return date.atTime(LocalTime.parse(rest, TIME));
    }

    /** {@code 2016-07-19 17:05:00.000}. */
    static String format(LocalDateTime time) {
        return OUT.format(time);
    }
}
