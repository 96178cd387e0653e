package io.riacho.protocol.shape;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one value that is no structure, list or map. Numbers lose their fraction where a whole one is asked for, as AWS's do. */
final class ScalarReader {

    /** The largest count of digits on either side of a timestamp's decimal point: keeps {@code 1e999999999} from being computed. */
    private static final int MAX_DIGITS = 20;

    private ScalarReader() {}

    /** @param inSeconds whether timestamps are in seconds; otherwise in milliseconds */
    static Object read(
            JsonParser parser, JsonToken token, MarshallingKnownType type, WireFormat format, boolean inSeconds) {
        return switch (type) {
            case STRING -> string(parser, token);
            case BOOLEAN -> bool(token);
            case BYTE -> (byte) whole(parser, token, Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
            case SHORT -> (short) whole(parser, token, Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
            case INTEGER -> (int) whole(parser, token, Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
            case LONG -> whole(parser, token, Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
            case FLOAT -> (float) fraction(parser, token, "a Float");
            case DOUBLE -> fraction(parser, token, "a Double");
            case INSTANT -> instant(parser, token, inSeconds);
            case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(bytes(parser, token, format));
            default -> throw new IllegalStateException("no member of the supported APIs is a " + type);
        };
    }

    private static String string(JsonParser parser, JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            throw SerializationErrors.notConvertible(token, "a String");
        }
        return parser.getString();
    }

    private static Boolean bool(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw SerializationErrors.notConvertible(token, "a Boolean");
        };
    }

    private static long whole(JsonParser parser, JsonToken token, long min, long max, String target) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return switch (parser.getNumberType()) {
                case INT, LONG -> inRange(parser.getLongValue(), min, max, target);
                default -> throw SerializationErrors.notConvertible(token, target);
            };
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = parser.getDoubleValue();
            // A double cannot tell 2^63 - 1 from 2^63, so the bound itself is out of range.
            if (value > -0x1p63 && value < 0x1p63) {
                return inRange((long) value, min, max, target);
            }
        }
        throw SerializationErrors.notConvertible(token, target);
    }

    private static long inRange(long value, long min, long max, String target) {
        if (value < min || value > max) {
            throw SerializationErrors.notConvertible(JsonToken.VALUE_NUMBER_INT, target);
        }
        return value;
    }

    private static double fraction(JsonParser parser, JsonToken token, String target) {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_STRING ->
                switch (parser.getString()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw SerializationErrors.notConvertible(token, target);
                };
            default -> throw SerializationErrors.notConvertible(token, target);
        };
    }

    private static Instant instant(JsonParser parser, JsonToken token, boolean inSeconds) {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw notATime(token);
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
            throw notATime(token);
        }
        BigDecimal number = decimal(parser);
        if (Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > 2 * MAX_DIGITS) {
            number = withFewerDigits(number, token);
        }
        BigDecimal millis = inSeconds ? number.movePointRight(3) : number;
        try {
            return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException e) {
            throw notATime(token);
        }
    }

    /** Jackson makes a decimal of a short binary number by way of its shortest text, which may be some seconds off. */
    private static BigDecimal decimal(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.FLOAT
                ? new BigDecimal(parser.getDoubleValue())
                : parser.getDecimalValue();
    }

    private static BigDecimal withFewerDigits(BigDecimal number, JsonToken token) {
        long digitsBeforePoint = (long) number.precision() - number.scale();
        if (digitsBeforePoint > MAX_DIGITS) {
            throw notATime(token);
        }
        // Thousands of digits behind the point, or a value too near to zero to matter.
        return digitsBeforePoint < -MAX_DIGITS ? BigDecimal.ZERO : number.setScale(MAX_DIGITS, RoundingMode.DOWN);
    }

    private static AwsException notATime(JsonToken token) {
        return SerializationErrors.notConvertible(token, "milliseconds since epoch");
    }

    private static byte[] bytes(JsonParser parser, JsonToken token, WireFormat format) {
        JsonToken expected = format == WireFormat.JSON ? JsonToken.VALUE_STRING : JsonToken.VALUE_EMBEDDED_OBJECT;
        if (token != expected) {
            throw SerializationErrors.notConvertible(token, "a Blob");
        }
        if (format == WireFormat.JSON) {
            return Base64Blob.decode(parser.getString());
        }
        byte[] bytes = parser.getBinaryValue();
        if (bytes == null) {
            // CBOR's "undefined" is an object too.
            throw SerializationErrors.notConvertible(token, "a Blob");
        }
        return bytes;
    }
}
