package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_CHAR_TO_TIMESTAMP(format, text)}: see {@link DateFormats}. */
public final class CharToTimestamp extends ScalarFunction {
    private transient DateFormats formats = new DateFormats();

    @Override
    public void open(FunctionContext context) {
        formats = new DateFormats();
    }

    public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(@Nullable String format, @Nullable String text) {
        Long millis = format == null || text == null ? null : formats.parse(format, text);
        return millis == null ? null : Moments.of(millis);
    }
}
