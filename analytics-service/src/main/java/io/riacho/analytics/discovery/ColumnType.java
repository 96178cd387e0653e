package io.riacho.analytics.discovery;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The narrowest type that all the values seen of a column have. */
final class ColumnType {

    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,38}(\\.\\d{1,38})?([eE][+-]?\\d{1,3})?");
    private static final int LEAST = 4;
    private static final int MOST = 65_535;

    private boolean any;
    private boolean booleans = true;
    private boolean numbers = true;
    private boolean whole = true;
    private boolean ints = true;
    private boolean longs = true;
    private boolean reals = true;
    private boolean timestamps = true;
    private int length;

    void seeJson(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        any = true;
        booleans &= value.isBoolean();
        if (value.isNumber()) {
            seeNumber(value.decimalValue());
        } else {
            numbers = false;
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        timestamps &= value.isString() && TIMESTAMP.matcher(text).matches();
        length = Math.max(length, text.length());
    }

    void seeText(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        any = true;
        booleans &= text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        if (NUMBER.matcher(text).matches()) {
            seeNumber(new BigDecimal(text));
        } else {
            numbers = false;
        }
        timestamps &= TIMESTAMP.matcher(text).matches();
        length = Math.max(length, text.length());
    }

    String sql() {
        if (!any) {
            return "VARCHAR(" + LEAST + ")";
        }
        if (booleans) {
            return "BOOLEAN";
        }
        if (numbers) {
            if (whole && ints) {
                return "INTEGER";
            }
            if (whole && longs) {
                return "BIGINT";
            }
            return reals ? "REAL" : "DOUBLE";
        }
        return timestamps ? "TIMESTAMP" : "VARCHAR(" + varchar() + ")";
    }

    private void seeNumber(BigDecimal number) {
        boolean isWhole = number.scale() <= 0 && number.scale() > -20;
        whole &= isWhole;
        if (isWhole) {
            ints &= number.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) >= 0
                    && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
            longs &= number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                    && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        }
        float real = number.floatValue();
        reals &= Float.isFinite(real) && new BigDecimal(Float.toString(real)).compareTo(number) == 0;
    }

    /** The next power of two that has room for all values seen. */
    private int varchar() {
        int size = LEAST;
        while (size < length && size < MOST) {
            size = Math.min(MOST, size * 2);
        }
        return size;
    }
}
