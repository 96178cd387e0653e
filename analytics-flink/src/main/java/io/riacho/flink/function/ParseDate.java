package io.riacho.flink.function;

import java.time.LocalDate;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_PARSE_DATE(text)}: see {@link Texts}. */
public final class ParseDate extends ScalarFunction {
    public @DataTypeHint("DATE") @Nullable LocalDate eval(@Nullable String text) {
        return text == null ? null : Texts.date(text);
    }
}
