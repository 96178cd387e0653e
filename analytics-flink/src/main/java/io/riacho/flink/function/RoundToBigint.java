package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_ROUND_TO_BIGINT(x)}: the nearest whole number, half away from zero; NULL out of range. */
public final class RoundToBigint extends ScalarFunction {
    public @Nullable Long eval(@Nullable Double x) {
        return round(x);
    }

    static @Nullable Long round(@Nullable Double x) {
        if (x == null || x.isNaN()) {
            return null;
        }
        double whole = Math.floor(Math.abs(x));
        double rounded = Math.copySign(Math.abs(x) - whole >= 0.5 ? whole + 1 : whole, x);
        return rounded < Long.MIN_VALUE || rounded >= 0x1p63 ? null : (long) rounded;
    }
}
