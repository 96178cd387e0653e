package io.riacho.usage.rest;

import io.riacho.usage.hours.Granularity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whole hours. */
record UsagePeriod(Instant from, Instant to) {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    static UsagePeriod of(@Nullable String from, @Nullable String to, Granularity granularity, Instant now) {
        Instant end = up(to == null ? now : parse("to", to));
        Instant start = down(from == null ? end.minus(granularity.usualTime()) : parse("from", from));
        if (!start.isBefore(end)) {
            throw UsageErrors.invalid("'from' has to be before 'to'.");
        }
        return new UsagePeriod(start, end);
    }

    static void requirePlausible(String name, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw UsageErrors.invalid("'" + name + "' has to lie between 2000 and 3000.");
        }
    }

    private static Instant parse(String name, String text) {
        Instant instant;
        try {
            instant = Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw UsageErrors.invalid("'" + name + "' has to be a time such as 2026-11-26T00:00:00Z.");
        }
        requirePlausible(name, instant);
        return instant;
    }

    private static Instant down(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }

    private static Instant up(Instant instant) {
        Instant hour = down(instant);
        return hour.equals(instant) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}
