package io.riacho.flink.format;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/**
 * Makes a column's value of a JSON value, as the API documents it. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesisanalytics/latest/dev/sch-mapping.html#sch-mapping-datatypes">Mapping JSON
 *     data types to SQL data types</a>
 */
final class Coercion implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_SHOWN = 64;
    private static final int LONG_DIGITS = 19;
    private static final HexFormat HEX = HexFormat.of();

    private final String column;
    private final LogicalType type;

    /** @throws ValidationException where no value can be made for the type */
    Coercion(String column, LogicalType type) {
        this.column = column;
        this.type = type;
        switch (type.getTypeRoot()) {
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    BOOLEAN,
                    CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY -> {}
            case DATE, TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {}
            default ->
                throw new ValidationException("The column " + column + " has the type " + type.asSummaryString()
                        + ", which records are not read into");
        }
    }

    /**
     * In Flink's internal form.
     *
     * @param value null for one that is missing
     * @throws CoercionException where the value has no place in the column
     */
    @Nullable
    Object convert(@Nullable JsonValue value) throws CoercionException {
        if (value == null || value.kind() == JsonValue.Kind.NULL) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> characters(value.text());
            case BOOLEAN -> isTrue(value);
            case BINARY, VARBINARY -> binary(value);
            case DATE, TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                time(value);
            default -> number(value);
        };
    }

    /** An empty field of CSV is nothing, but for texts. */
    @Nullable
    Object convertField(String field) throws CoercionException {
        boolean isText = type.getTypeRoot() == LogicalTypeRoot.CHAR || type.getTypeRoot() == LogicalTypeRoot.VARCHAR;
        return field.isEmpty() && !isText ? null : convert(JsonValue.ofText(field));
    }

    private StringData characters(String text) {
        int length = LogicalTypeChecks.getLength(type);
        int has = text.codePointCount(0, text.length());
        if (has > length) {
            return StringData.fromString(text.substring(0, text.offsetByCodePoints(0, length)));
        }
        if (type.getTypeRoot() == LogicalTypeRoot.CHAR) {
            return StringData.fromString(text + " ".repeat(length - has));
        }
        return StringData.fromString(text);
    }

    private boolean isTrue(JsonValue value) throws CoercionException {
        return switch (value.kind()) {
            case BOOLEAN, STRING -> value.text().toLowerCase(Locale.ROOT).equals("true");
            case NUMBER -> decimal(value).signum() != 0;
            default -> throw wrong(value);
        };
    }

    private byte[] binary(JsonValue value) throws CoercionException {
        int length = LogicalTypeChecks.getLength(type);
        boolean isFixed = type.getTypeRoot() == LogicalTypeRoot.BINARY;
        if (value.kind() == JsonValue.Kind.BOOLEAN) {
            byte[] bits = new byte[isFixed ? length : 1];
            bits[bits.length - 1] = (byte) (value.text().equals("true") ? 1 : 0);
            return bits;
        }
        String text = value.text();
        if (value.kind() != JsonValue.Kind.STRING || !text.matches("[xX]'([0-9a-fA-F]{2})*'")) {
            throw wrong(value);
        }
        byte[] bytes = HEX.parseHex(text, 2, text.length() - 1);
        if (bytes.length > length) {
            throw wrong(value);
        }
        return isFixed ? java.util.Arrays.copyOf(bytes, length) : bytes;
    }

    private Object time(JsonValue value) throws CoercionException {
        Object time = value.kind() == JsonValue.Kind.STRING ? TimeText.parse(value.text(), type) : null;
        if (time == null) {
            throw wrong(value);
        }
        return time;
    }

    private Object number(JsonValue value) throws CoercionException {
        BigDecimal number = decimal(value);
        return switch (type.getTypeRoot()) {
            case TINYINT -> (byte) whole(number, Byte.MIN_VALUE, Byte.MAX_VALUE, value);
            case SMALLINT -> (short) whole(number, Short.MIN_VALUE, Short.MAX_VALUE, value);
            case INTEGER -> (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE, value);
            case BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE, value);
            case FLOAT -> {
                // Not by way of the decimal, which has no negative zero.
                float made = value.kind() == JsonValue.Kind.BOOLEAN
                        ? number.floatValue()
                        : Float.parseFloat(value.text().trim());
                if (Float.isInfinite(made)) {
                    throw wrong(value);
                }
                yield made;
            }
            case DOUBLE -> {
                double made = value.kind() == JsonValue.Kind.BOOLEAN
                        ? number.doubleValue()
                        : Double.parseDouble(value.text().trim());
                if (Double.isInfinite(made)) {
                    throw wrong(value);
                }
                yield made;
            }
            default -> exact(number, (DecimalType) type, value);
        };
    }

    private BigDecimal decimal(JsonValue value) throws CoercionException {
        String text = value.text().trim();
        switch (value.kind()) {
            case BOOLEAN -> {
                return text.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO;
            }
            case NUMBER, STRING -> {
                // What is longer fits nowhere, and takes long to read.
                if (text.length() <= LONGEST_NUMBER) {
                    try {
                        return new BigDecimal(text);
                    } catch (NumberFormatException e) {
                        throw wrong(value);
                    }
                }
                throw wrong(value);
            }
            default -> throw wrong(value);
        }
    }

    private long whole(BigDecimal number, long least, long most, JsonValue value) throws CoercionException {
        // An exponent may ask for more digits than there is memory.
        if (number.signum() != 0 && (long) number.precision() - number.scale() > LONG_DIGITS) {
            throw wrong(value);
        }
        try {
            long whole = number.longValueExact();
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (ArithmeticException e) {
            throw wrong(value);
        }
        throw wrong(value);
    }

    private DecimalData exact(BigDecimal number, DecimalType decimal, JsonValue value) throws CoercionException {
        int digits = decimal.getPrecision() - decimal.getScale();
        if (number.signum() != 0 && (long) number.precision() - number.scale() > digits) {
            throw wrong(value);
        }
        try {
            DecimalData made = DecimalData.fromBigDecimal(
                    number.signum() == 0
                            ? BigDecimal.ZERO.setScale(decimal.getScale())
                            : number.setScale(decimal.getScale()),
                    decimal.getPrecision(),
                    decimal.getScale());
            if (made != null) {
                return made;
            }
        } catch (ArithmeticException e) {
            throw wrong(value);
        }
        throw wrong(value);
    }

    private CoercionException wrong(JsonValue value) {
        String text = value.text();
        String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        return new CoercionException("The value " + shown + " cannot be converted to " + type.asSummaryString()
                + " for the column " + column);
    }
}
