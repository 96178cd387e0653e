package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_ROUND_TO_SMALLINT(x)}: the nearest whole number, half away from zero; NULL out of range. */
public final class RoundToSmallint extends ScalarFunction {
    public @Nullable Short eval(@Nullable Double x) {
        Long rounded = RoundToBigint.round(x);
        return rounded == null || rounded < Short.MIN_VALUE || rounded > Short.MAX_VALUE
                ? null
                : (short) (long) rounded;
    }
}
