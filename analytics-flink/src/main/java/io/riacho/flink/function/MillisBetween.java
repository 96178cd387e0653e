package io.riacho.flink.function;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_MILLIS_BETWEEN(a, b)}: a - b in milliseconds, of two timestamps, dates or times of day. */
public final class MillisBetween extends ScalarFunction {
    private static final long DAY = 86_400_000;

    public @Nullable Long eval(
            @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime a,
            @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime b) {
        return a == null || b == null ? null : Moments.millis(a) - Moments.millis(b);
    }

    public @Nullable Long eval(@Nullable LocalDate a, @Nullable LocalDate b) {
        return a == null || b == null ? null : (a.toEpochDay() - b.toEpochDay()) * DAY;
    }

    public @Nullable Long eval(
            @DataTypeHint("TIME(0)") @Nullable LocalTime a, @DataTypeHint("TIME(0)") @Nullable LocalTime b) {
        return a == null || b == null ? null : (a.toNanoOfDay() - b.toNanoOfDay()) / 1_000_000;
    }
}
