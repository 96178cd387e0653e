package io.riacho.firehose.processing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * The functions of time in queries, all in UTC.
 *
 * @see <a href="https://jqlang.org/manual/v1.6/#Dates">jq 1.6's manual</a>
 */
final class QueryTime {

    private QueryTime() {}

    static void addTo(Scope scope) {
        scope.addFunction("gmtime", 0, (inner, args, in, path, output, version) -> output.emit(brokenDown(in), null));
        scope.addFunction(
                "localtime", 0, (inner, args, in, path, output, version) -> output.emit(brokenDown(in), null));
        scope.addFunction("mktime", 0, (inner, args, in, path, output, version) -> {
            if (!in.isArray()) {
                throw new JsonQueryException("mktime requires array of 6 numbers");
            }
            output.emit(LongNode.valueOf(time(in).toEpochSecond()), null);
        });
        for (String name : new String[] {"strftime", "strflocaltime"}) {
            scope.addFunction(name, 1, (inner, args, in, path, output, version) -> {
                ZonedDateTime time = time(in);
                args.getFirst().apply(inner, in, format -> {
                    if (!format.isTextual()) {
                        throw new JsonQueryException(name + "/1 requires a string format");
                    }
                    output.emit(TextNode.valueOf(TimeFormat.print(time, format.textValue())), null);
                });
            });
        }
        scope.addFunction("strptime", 1, (inner, args, in, path, output, version) -> {
            if (!in.isTextual()) {
                throw new JsonQueryException("strptime/1 requires string inputs and arguments");
            }
            args.getFirst().apply(inner, in, format -> {
                if (!format.isTextual()) {
                    throw new JsonQueryException("strptime/1 requires string inputs and arguments");
                }
                output.emit(strptime(in.textValue(), format.textValue()), null);
            });
        });
    }

    private static JsonNode strptime(String text, String format) throws JsonQueryException {
        try {
            return brokenDown(TimeFormat.parse(text, format).atZone(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new JsonQueryException("date \"%s\" does not match format \"%s\"", text, format);
        }
    }

    private static JsonNode brokenDown(JsonNode seconds) throws JsonQueryException {
        if (!seconds.isNumber()) {
            throw new JsonQueryException("gmtime() requires a number");
        }
        return brokenDown(time(seconds));
    }

    /** Years, months from 0, days from 1, hours, minutes, seconds with their fraction, day of the week and of the year from 0. */
    private static ArrayNode brokenDown(ZonedDateTime time) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        parts.add(time.getYear())
                .add(time.getMonthValue() - 1)
                .add(time.getDayOfMonth())
                .add(time.getHour())
                .add(time.getMinute());
        if (time.getNano() == 0) {
            parts.add(time.getSecond());
        } else {
            parts.add(DoubleNode.valueOf(time.getSecond() + time.getNano() / 1e9));
        }
        return parts.add(time.getDayOfWeek().getValue() % 7).add(time.getDayOfYear() - 1);
    }

    private static ZonedDateTime time(JsonNode value) throws JsonQueryException {
        try {
            if (value.isNumber()) {
                double seconds = value.asDouble();
                long whole = (long) Math.floor(seconds);
                return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e6) * 1000)
                        .atZone(ZoneOffset.UTC);
            }
            if (value.isArray() && value.size() >= 6) {
                return LocalDateTime.of(part(value, 0), 1, 1, 0, 0)
                        .plusMonths(part(value, 1))
                        .plusDays(part(value, 2) - 1L)
                        .plusHours(part(value, 3))
                        .plusMinutes(part(value, 4))
                        .plus(part(value, 5), ChronoUnit.SECONDS)
                        .atZone(ZoneOffset.UTC);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new JsonQueryException("There is no such time: %s", value);
        }
        throw new JsonQueryException("%s is neither seconds nor a broken down time", value);
    }

    private static int part(JsonNode array, int index) throws JsonQueryException {
        JsonNode part = array.get(index);
        if (!part.isNumber()) {
            throw new JsonQueryException("mktime requires parsed datetime inputs");
        }
        return (int) part.asDouble();
    }
}
