package io.riacho.firehose.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Dates and timestamps, of JSON and of texts. */
final class TimeReader {

    private final Place place;
    private final SerDeRules rules;
    private final NumberReader numbers;

    TimeReader(Place place, SerDeRules rules, NumberReader numbers) {
        this.place = place;
        this.rules = rules;
        this.numbers = numbers;
    }

    int date(JsonParser parser, JsonToken token) throws ConversionException {
        if (token != JsonToken.VALUE_STRING) {
            throw place.misfit(token);
        }
        return date(parser.getString());
    }

    int date(String text) throws ConversionException {
        LocalDate date = TimeTexts.date(text);
        if (date == null) {
            throw place.misfit("a text that is no date");
        }
        return (int) date.toEpochDay();
    }

    Instant time(JsonParser parser, JsonToken token) throws ConversionException {
        return switch (token) {
            case VALUE_STRING -> time(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                for (TimestampForm form : rules.timestamps()) {
                    Instant time = form.read(parser.getString());
                    if (time != null) {
                        yield time;
                    }
                }
                yield known(epoch(parser.getDecimalValue(), token == JsonToken.VALUE_NUMBER_INT));
            }
            default -> throw place.misfit(token);
        };
    }

    Instant time(String text) throws ConversionException {
        for (TimestampForm form : rules.timestamps()) {
            Instant time = form.read(text);
            if (time != null) {
                return time;
            }
        }
        Instant time = TimeTexts.time(text);
        if (time != null) {
            return time;
        }
        boolean isNumber =
                !text.isEmpty() && text.length() <= 40 && text.chars().allMatch(c -> "-.0123456789".indexOf(c) >= 0);
        return known(isNumber ? epoch(numbers.number(text), text.indexOf('.') < 0) : null);
    }

    private static @Nullable Instant epoch(BigDecimal number, boolean isWhole) {
        if (!isWhole) {
            return TimeTexts.epoch(number);
        }
        return number.precision() > 18 ? null : TimeTexts.epoch(number.longValue());
    }

    private Instant known(@Nullable Instant time) throws ConversionException {
        if (time == null) {
            throw place.misfit("something that is no timestamp");
        }
        return time;
    }
}
