package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_ROUND_TO_INTEGER(x)}: the nearest whole number, half away from zero; NULL out of range. */
public final class RoundToInteger extends ScalarFunction {
    public @Nullable Integer eval(@Nullable Double x) {
        Long rounded = RoundToBigint.round(x);
        return rounded == null || rounded < Integer.MIN_VALUE || rounded > Integer.MAX_VALUE
                ? null
                : (int) (long) rounded;
    }
}
