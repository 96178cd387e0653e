package io.riacho.flink.function;

import java.text.DateFormat;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Dates as {@link SimpleDateFormat} reads and writes them, in UTC and English. Not thread-safe, like what it holds; keeps
 * the formats used last.
 */
final class DateFormats {
    private static final int KEPT = 64;
    private static final int LONGEST = 1000;

    private final Map<String, Optional<DateFormat>> formats = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<DateFormat>> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * Milliseconds since the epoch. The text may go on after what the format describes; fields must be in range, as AWS's
     * page has it.
     *
     * @return null if the format is none or the text does not follow it
     */
    @Nullable
    Long parse(String format, String text) {
        DateFormat parser = format(format);
        if (parser == null) {
            return null;
        }
        Date date = parser.parse(text, new ParsePosition(0));
        return date == null ? null : date.getTime();
    }

    @Nullable
    String format(String format, long millis) {
        DateFormat writer = format(format);
        return writer == null ? null : writer.format(new Date(millis));
    }

    private @Nullable DateFormat format(String pattern) {
        return formats.computeIfAbsent(pattern, DateFormats::create).orElse(null);
    }

    private static Optional<DateFormat> create(String pattern) {
        if (pattern.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ENGLISH);
            format.setTimeZone(TimeZone.getTimeZone("UTC"));
            format.setLenient(false);
            return Optional.of(format);
        } catch (IllegalArgumentException notAFormat) {
            return Optional.empty();
        }
    }
}
