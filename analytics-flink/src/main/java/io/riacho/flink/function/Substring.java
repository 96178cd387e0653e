package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_SUBSTRING(text, from[, for])}, the form with FROM and FOR of SQL: positions before the first character count
 * towards the length; past the end it is empty. A negative length gives NULL.
 */
public final class Substring extends ScalarFunction {
    public @Nullable String eval(@Nullable String text, @Nullable Integer from) {
        return eval(text, from, Integer.MAX_VALUE);
    }

    public @Nullable String eval(@Nullable String text, @Nullable Integer from, @Nullable Integer length) {
        if (text == null || from == null || length == null || length < 0) {
            return null;
        }
        long begin = Math.max(from, 1);
        long end = Math.min((long) from + length, text.length() + 1L);
        return begin >= end ? "" : text.substring((int) begin - 1, (int) end - 1);
    }
}
