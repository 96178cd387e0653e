package io.riacho.flink.function;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_PARSE_BOOLEAN(text)}: see {@link Texts}. */
public final class ParseBoolean extends ScalarFunction {
    public @DataTypeHint("BOOLEAN") @Nullable Boolean eval(@Nullable String text) {
        return text == null ? null : Texts.truth(text);
    }
}
