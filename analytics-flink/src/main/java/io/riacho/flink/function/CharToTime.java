package io.riacho.flink.function;

import java.time.LocalTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_CHAR_TO_TIME(format, text)}: see {@link DateFormats}. */
public final class CharToTime extends ScalarFunction {
    private transient DateFormats formats = new DateFormats();

    @Override
    public void open(FunctionContext context) {
        formats = new DateFormats();
    }

    public @DataTypeHint("TIME(0)") @Nullable LocalTime eval(@Nullable String format, @Nullable String text) {
        Long millis = format == null || text == null ? null : formats.parse(format, text);
        return millis == null ? null : LocalTime.ofSecondOfDay(Math.floorMod(millis, 86_400_000L) / 1000);
    }
}
