package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/** Numbers, of JSON and of texts, within what their types hold. */
final class NumberReader {

    private static final int MAX_NUMBER_CHARACTERS = 1000;

    private final Place place;
    private final boolean lenient;

    /** @param lenient whether a string may be a number */
    NumberReader(Place place, boolean lenient) {
        this.place = place;
        this.lenient = lenient;
    }

    long integer(String text, long least, long most) throws ConversionException {
        return integer(number(text), least, most);
    }

    float single(String text) throws ConversionException {
        return single(number(text).doubleValue());
    }

    double real(String text) throws ConversionException {
        return finite(number(text).doubleValue());
    }

    BigDecimal decimal(String text, HiveType.Decimal decimal) throws ConversionException {
        return fitted(number(text), decimal);
    }

    long integer(JsonParser parser, JsonToken token, long least, long most) throws ConversionException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return integer(number(parser, token), least, most);
        }
        long value;
        try {
            value = parser.getLongValue();
        } catch (InputCoercionException e) {
            throw place.misfit("a number that is too large");
        }
        if (value < least || value > most) {
            throw place.misfit("a number that is too large");
        }
        return value;
    }

    private long integer(BigDecimal number, long least, long most) throws ConversionException {
        if (number.signum() == 0) {
            return 0;
        }
        if (number.precision() - (long) number.scale() > 19) {
            throw place.misfit("a number that is too large");
        }
        if (number.precision() - (long) number.scale() <= 0) {
            throw place.misfit("a number with a fraction");
        }
        try {
            long value = number.longValueExact();
            if (value < least || value > most) {
                throw place.misfit("a number that is too large");
            }
            return value;
        } catch (ArithmeticException e) {
            throw place.misfit("a number with a fraction, or one that is too large");
        }
    }

    float single(JsonParser parser, JsonToken token) throws ConversionException {
        return single(real(parser, token));
    }

    private float single(double value) throws ConversionException {
        float single = (float) value;
        if (!Float.isFinite(single)) {
            throw place.misfit("a number that is too large");
        }
        return single;
    }

    double real(JsonParser parser, JsonToken token) throws ConversionException {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return finite(parser.getDoubleValue());
        }
        return finite(number(parser, token).doubleValue());
    }

    private double finite(double value) throws ConversionException {
        if (!Double.isFinite(value)) {
            throw place.misfit("a number that is too large");
        }
        return value;
    }

    BigDecimal decimal(JsonParser parser, JsonToken token, HiveType.Decimal decimal) throws ConversionException {
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
            throw place.misfit("a number that is too large");
        }
        BigDecimal rounded = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > decimal.precision()) {
            throw place.misfit("a number that is too large");
        }
        return rounded;
    }

    private BigDecimal number(JsonParser parser, JsonToken token) throws ConversionException {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_STRING -> {
                if (!lenient) {
                    throw place.misfit("a string");
                }
                yield number(parser.getString());
            }
            default -> throw place.misfit(token);
        };
    }

    BigDecimal number(String text) throws ConversionException {
        String digits = text.strip();
        if (digits.length() > MAX_NUMBER_CHARACTERS) {
            throw place.misfit("a text that is no number");
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw place.misfit("a text that is no number");
        }
    }
}
