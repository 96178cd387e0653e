package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_PARSE_TIMESTAMP(text)}: see {@link Texts}. */
public final class ParseTimestamp extends ScalarFunction {
    public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(@Nullable String text) {
        return text == null ? null : Texts.timestamp(text);
    }
}
