package io.riacho.flink.function;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_TIMESTAMP_TO_CHAR(format, value)}, also of a date or a time of day: see {@link DateFormats}. NULL becomes the
 * text {@code null}, as AWS's page has it.
 */
public final class TimestampToChar extends ScalarFunction {
    private transient DateFormats formats = new DateFormats();

    @Override
    public void open(FunctionContext context) {
        formats = new DateFormats();
    }

    public @Nullable String eval(
            @Nullable String format, @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime time) {
        return text(format, time == null ? null : Moments.millis(time));
    }

    public @Nullable String eval(@Nullable String format, @Nullable LocalDate date) {
        return text(format, date == null ? null : date.toEpochDay() * 86_400_000L);
    }

    public @Nullable String eval(@Nullable String format, @DataTypeHint("TIME(0)") @Nullable LocalTime time) {
        return text(format, time == null ? null : time.toNanoOfDay() / 1_000_000);
    }

    private @Nullable String text(@Nullable String format, @Nullable Long millis) {
        if (format == null) {
            return null;
        }
        return millis == null ? "null" : formats.format(format, millis);
    }
}
