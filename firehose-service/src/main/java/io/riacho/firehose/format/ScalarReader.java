package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;

/** Values without parts. */
final class ScalarReader implements ValueReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_NUMBER_CHARACTERS = 1000;

    private final HiveType type;
    private final String place;
    private final SerDeRules rules;

    /** @param place the column, and the way to the field in it, for errors */
    ScalarReader(HiveType type, String place, SerDeRules rules) {
        this.type = type;
        this.place = place;
        this.rules = rules;
    }

    @Override
    public @Nullable Object read(JsonParser parser) throws ConversionException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof HiveType.Primitive primitive) {
            return switch (primitive) {
                case BOOLEAN -> bool(parser, token);
                case TINYINT -> (int) integer(parser, token, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case SMALLINT -> (int) integer(parser, token, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT -> (int) integer(parser, token, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> integer(parser, token, Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> single(parser, token);
                case DOUBLE -> real(parser, token);
                case STRING -> text(parser, token);
                case BINARY -> text(parser, token).getBytes(StandardCharsets.UTF_8);
                case DATE -> date(parser, token);
                case TIMESTAMP -> time(parser, token);
            };
        }
        return switch (type) {
            case HiveType.Decimal decimal -> decimal(parser, token, decimal);
            case HiveType.Varchar varchar -> text(parser, token, varchar.length());
            case HiveType.Char fixed -> text(parser, token, fixed.length());
            default -> throw new IllegalStateException(type + " has parts");
        };
    }

    /** A value that is the key of a map, and so a string in JSON whatever its type. */
    Object key(String key) throws ConversionException {
        if (type instanceof HiveType.Primitive primitive) {
            return switch (primitive) {
                case BOOLEAN -> bool(key);
                case TINYINT -> (int) integer(number(key), Byte.MIN_VALUE, Byte.MAX_VALUE);
                case SMALLINT -> (int) integer(number(key), Short.MIN_VALUE, Short.MAX_VALUE);
                case INT -> (int) integer(number(key), Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> integer(number(key), Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> single(number(key).doubleValue());
                case DOUBLE -> finite(number(key).doubleValue());
                case STRING -> key;
                case BINARY -> key.getBytes(StandardCharsets.UTF_8);
                case DATE -> date(key);
                case TIMESTAMP -> time(key);
            };
        }
        return switch (type) {
            case HiveType.Decimal decimal -> fitted(number(key), decimal);
            case HiveType.Varchar varchar -> limited(key, varchar.length());
            case HiveType.Char fixed -> limited(key, fixed.length());
            default -> throw new IllegalStateException(type + " is no key");
        };
    }

    private boolean bool(JsonParser parser, JsonToken token) throws ConversionException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> {
                if (!rules.lenient()) {
                    throw misfit("a string");
                }
                yield bool(parser.getString());
            }
            default -> throw misfit(kind(token));
        };
    }

    private boolean bool(String text) throws ConversionException {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw misfit("another text");
    }

    private long integer(JsonParser parser, JsonToken token, long least, long most) throws ConversionException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return integer(number(parser, token), least, most);
        }
        long value;
        try {
            value = parser.getLongValue();
        } catch (InputCoercionException e) {
            throw misfit("a number that is too large");
        }
        if (value < least || value > most) {
            throw misfit("a number that is too large");
        }
        return value;
    }

    private long integer(BigDecimal number, long least, long most) throws ConversionException {
        if (number.signum() == 0) {
            return 0;
        }
        if (number.precision() - (long) number.scale() > 19) {
            throw misfit("a number that is too large");
        }
        if (number.precision() - (long) number.scale() <= 0) {
            throw misfit("a number with a fraction");
        }
        try {
            long value = number.longValueExact();
            if (value < least || value > most) {
                throw misfit("a number that is too large");
            }
            return value;
        } catch (ArithmeticException e) {
            throw misfit("a number with a fraction, or one that is too large");
        }
    }

    private float single(JsonParser parser, JsonToken token) throws ConversionException {
        return single(real(parser, token));
    }

    private float single(double value) throws ConversionException {
        float single = (float) value;
        if (!Float.isFinite(single)) {
            throw misfit("a number that is too large");
        }
        return single;
    }

    private double real(JsonParser parser, JsonToken token) throws ConversionException {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return finite(parser.getDoubleValue());
        }
        return finite(number(parser, token).doubleValue());
    }

    private double finite(double value) throws ConversionException {
        if (!Double.isFinite(value)) {
            throw misfit("a number that is too large");
        }
        return value;
    }

    private BigDecimal decimal(JsonParser parser, JsonToken token, HiveType.Decimal decimal)
            throws ConversionException {
        return fitted(number(parser, token), decimal);
    }

    /** Rounds what is behind the point, as Hive does. */
    private BigDecimal fitted(BigDecimal number, HiveType.Decimal decimal) throws ConversionException {
        // By the place of the first digit: a number may have an exponent that no memory has room to write out.
        long magnitude = number.precision() - (long) number.scale();
        if (number.signum() == 0 || magnitude < -decimal.scale()) {
            return BigDecimal.ZERO.setScale(decimal.scale());
        }
        if (magnitude > decimal.precision() - decimal.scale()) {
            throw misfit("a number that is too large");
        }
        BigDecimal rounded = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > decimal.precision()) {
            throw misfit("a number that is too large");
        }
        return rounded;
    }

    private BigDecimal number(JsonParser parser, JsonToken token) throws ConversionException {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_STRING -> {
                if (!rules.lenient()) {
                    throw misfit("a string");
                }
                yield number(parser.getString());
            }
            default -> throw misfit(kind(token));
        };
    }

    private BigDecimal number(String text) throws ConversionException {
        String digits = text.strip();
        if (digits.length() > MAX_NUMBER_CHARACTERS) {
            throw misfit("a text that is no number");
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw misfit("a text that is no number");
        }
    }

    private String text(JsonParser parser, JsonToken token, int length) throws ConversionException {
        return limited(text(parser, token), length);
    }

    private String limited(String text, int length) throws ConversionException {
        if (text.length() > length && text.codePointCount(0, text.length()) > length) {
            throw misfit("a text that is too long");
        }
        return text;
    }

    private String text(JsonParser parser, JsonToken token) throws ConversionException {
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
            return parser.getString();
        }
        if (!rules.lenient()) {
            throw misfit(kind(token));
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private int date(JsonParser parser, JsonToken token) throws ConversionException {
        if (token != JsonToken.VALUE_STRING) {
            throw misfit(kind(token));
        }
        return date(parser.getString());
    }

    private int date(String text) throws ConversionException {
        LocalDate date = TimeTexts.date(text);
        if (date == null) {
            throw misfit("a text that is no date");
        }
        return (int) date.toEpochDay();
    }

    private Instant time(JsonParser parser, JsonToken token) throws ConversionException {
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
            default -> throw misfit(kind(token));
        };
    }

    private Instant time(String text) throws ConversionException {
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
        return known(isNumber ? epoch(number(text), text.indexOf('.') < 0) : null);
    }

    private static @Nullable Instant epoch(BigDecimal number, boolean isWhole) {
        if (!isWhole) {
            return TimeTexts.epoch(number);
        }
        return number.precision() > 18 ? null : TimeTexts.epoch(number.longValue());
    }

    private Instant known(@Nullable Instant time) throws ConversionException {
        if (time == null) {
            throw misfit("something that is no timestamp");
        }
        return time;
    }

    private ConversionException misfit(String what) {
        return ConversionException.misfit("Column " + place + " is " + type + ", and has " + what + '.');
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "something else";
        };
    }
}
