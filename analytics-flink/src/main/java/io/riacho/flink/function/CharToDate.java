package io.riacho.flink.function;

import java.time.LocalDate;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_CHAR_TO_DATE(format, text)}: see {@link DateFormats}. */
public final class CharToDate extends ScalarFunction {
    private transient DateFormats formats = new DateFormats();

    @Override
    public void open(FunctionContext context) {
        formats = new DateFormats();
    }

    public @DataTypeHint("DATE") @Nullable LocalDate eval(@Nullable String format, @Nullable String text) {
        Long millis = format == null || text == null ? null : formats.parse(format, text);
        return millis == null ? null : LocalDate.ofEpochDay(Math.floorDiv(millis, 86_400_000L));
    }
}
