package io.riacho.flink.function;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_PARSE_BIGINT(text)}: see {@link Texts}. */
public final class ParseBigint extends ScalarFunction {
    public @DataTypeHint("BIGINT") @Nullable Long eval(@Nullable String text) {
        return text == null ? null : Texts.whole(text);
    }
}
