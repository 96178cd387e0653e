package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_STEP_MONTHS(timestamp, months)}: the greatest multiple of months since January 1970 not after the time. */
public final class StepMonths extends ScalarFunction {
    public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(
            @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime time, @Nullable Integer months) {
        if (time == null || months == null || months <= 0) {
            return null;
        }
        int month = (time.getYear() - 1970) * 12 + time.getMonthValue() - 1;
        int step = Math.floorDiv(month, months) * months;
        return LocalDateTime.of(1970 + Math.floorDiv(step, 12), Math.floorMod(step, 12) + 1, 1, 0, 0);
    }
}
