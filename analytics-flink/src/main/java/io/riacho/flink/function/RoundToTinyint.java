package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_ROUND_TO_TINYINT(x)}: the nearest whole number, half away from zero; NULL out of range. */
public final class RoundToTinyint extends ScalarFunction {
    public @Nullable Byte eval(@Nullable Double x) {
        Long rounded = RoundToBigint.round(x);
        return rounded == null || rounded < Byte.MIN_VALUE || rounded > Byte.MAX_VALUE ? null : (byte) (long) rounded;
    }
}
