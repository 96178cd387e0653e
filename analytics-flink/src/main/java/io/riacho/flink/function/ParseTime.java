package io.riacho.flink.function;

import java.time.LocalTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_PARSE_TIME(text)}: see {@link Texts}. */
public final class ParseTime extends ScalarFunction {
    public @DataTypeHint("TIME(0)") @Nullable LocalTime eval(@Nullable String text) {
        return text == null ? null : Texts.time(text);
    }
}
