package io.riacho.firehose.destination.iceberg;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes values of a column's type of JSON's. Nothing is rounded or cut: what does not fit is refused. Numbers for dates count days,
 * for times and timestamps microseconds, for timestamps in nanoseconds these; texts for them are ISO 8601. Binary values are Base64.
 */
final class ScalarReader {

    static final String MISMATCH = "Iceberg.ColumnTypeMismatch";

    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private ScalarReader() {}

    static Object read(Type.PrimitiveType type, JsonNode node, String path) throws UnfitRecord {
        try {
            Object value = value(type, node);
            if (value != null) {
                return value;
            }
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            // Told as a mismatch, as all that does not fit.
        }
        throw mismatch(type, node, path);
    }

    static UnfitRecord mismatch(Type type, JsonNode node, String path) {
        return new UnfitRecord(
                MISMATCH,
                "The column " + path + " is of type " + type + ", which this "
                        + node.getNodeType().name().toLowerCase(Locale.ROOT) + " does not fit");
    }

    private static @Nullable Object value(Type.PrimitiveType type, JsonNode node) {
        return switch (type.typeId()) {
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            case INTEGER -> node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
            case LONG -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
            case FLOAT -> node.isNumber() ? finite(node.decimalValue().floatValue()) : null;
            case DOUBLE -> node.isNumber() ? finite(node.decimalValue().doubleValue()) : null;
            case DECIMAL -> decimal((Types.DecimalType) type, node);
            case STRING -> node.isString() ? node.stringValue() : null;
            case UUID -> node.isString() ? uuid(node.stringValue()) : null;
            case DATE -> date(node);
            case TIME -> time(node);
            case TIMESTAMP -> timestamp(node, ((Types.TimestampType) type).shouldAdjustToUTC(), MICROS);
            case TIMESTAMP_NANO -> timestamp(node, ((Types.TimestampNanoType) type).shouldAdjustToUTC(), NANOS);
            case BINARY -> node.isString() ? ByteBuffer.wrap(base64(node.stringValue())) : null;
            case FIXED -> fixed((Types.FixedType) type, node);
            default -> null;
        };
    }

    private static @Nullable Float finite(float value) {
        return Float.isFinite(value) ? value : null;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static @Nullable BigDecimal decimal(Types.DecimalType type, JsonNode node) {
        if (!node.isNumber() && !node.isString()) {
            return null;
        }
        if (node.isString() && node.stringValue().length() > 100) {
            return null;
        }
        BigDecimal given = node.isNumber() ? node.decimalValue() : new BigDecimal(node.stringValue());
        // A scale of a billion takes a line to write and gigabytes to hold.
        if (Math.abs((long) given.scale()) > 1000) {
            return null;
        }
        BigDecimal value = given.setScale(type.scale());
        return value.precision() <= type.precision() ? value : null;
    }

    private static @Nullable UUID uuid(String text) {
        return text.length() == 36 ? UUID.fromString(text) : null;
    }

    private static @Nullable LocalDate date(JsonNode node) {
        if (node.isString()) {
            return LocalDate.parse(node.stringValue());
        }
        return node.isIntegralNumber() && node.canConvertToInt() ? LocalDate.ofEpochDay(node.intValue()) : null;
    }

    private static @Nullable LocalTime time(JsonNode node) {
        if (node.isString()) {
            return LocalTime.parse(node.stringValue()).truncatedTo(ChronoUnit.MICROS);
        }
        return node.isIntegralNumber() && node.canConvertToLong()
                ? LocalTime.ofNanoOfDay(Math.multiplyExact(node.longValue(), NANOS / MICROS))
                : null;
    }

    private static @Nullable Object timestamp(JsonNode node, boolean zoned, long unit) {
        if (node.isString()) {
            return zoned ? zoned(node.stringValue(), unit) : local(node.stringValue(), unit);
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return null;
        }
        long units = node.longValue();
        OffsetDateTime time = Instant.ofEpochSecond(
                        Math.floorDiv(units, unit), Math.floorMod(units, unit) * (NANOS / unit))
                .atOffset(ZoneOffset.UTC);
        return zoned ? time : time.toLocalDateTime();
    }

    private static OffsetDateTime zoned(String text, long unit) {
        OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', 'T')).withOffsetSameInstant(ZoneOffset.UTC);
        return unit == MICROS ? time.truncatedTo(ChronoUnit.MICROS) : time;
    }

    private static LocalDateTime local(String text, long unit) {
        LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
        return unit == MICROS ? time.truncatedTo(ChronoUnit.MICROS) : time;
    }

    private static byte @Nullable [] fixed(Types.FixedType type, JsonNode node) {
        byte[] bytes = node.isString() ? base64(node.stringValue()) : new byte[0];
        return bytes.length == type.length() ? bytes : null;
    }

    /** Plain Base64, MIME's with its line ends, or the one for URLs. */
    private static byte[] base64(String text) {
        return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
                ? Base64.getUrlDecoder().decode(text)
                : Base64.getDecoder().decode(text.replace("\r\n", "").replace("\n", ""));
    }
}
