package io.riacho.flink.function;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_PARSE_DOUBLE(text)}: see {@link Texts}. */
public final class ParseDouble extends ScalarFunction {
    public @DataTypeHint("DOUBLE") @Nullable Double eval(@Nullable String text) {
        return text == null ? null : Texts.real(text);
    }
}
