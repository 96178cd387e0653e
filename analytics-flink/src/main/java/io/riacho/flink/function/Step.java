package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_STEP(timestamp, millis)}: the greatest multiple of a period since 1970-01-01 that is not after the time. */
public final class Step extends ScalarFunction {
    public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(
            @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime time, @Nullable Long millis) {
        if (time == null || millis == null || millis <= 0) {
            return null;
        }
        return Moments.of(Math.floorDiv(Moments.millis(time), millis) * millis);
    }
}
