package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_SUBSTRING_COMMA(text, from[, for])}, the form with commas: past the end it is NULL. */
public final class SubstringComma extends ScalarFunction {
    private static final Substring SQL = new Substring();

    public @Nullable String eval(@Nullable String text, @Nullable Integer from) {
        return eval(text, from, Integer.MAX_VALUE);
    }

    public @Nullable String eval(@Nullable String text, @Nullable Integer from, @Nullable Integer length) {
        return text == null || from == null || from > text.length() ? null : SQL.eval(text, from, length);
    }
}
