package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_TO_TIMESTAMP(millis)}: the timestamp so many milliseconds after the epoch. */
public final class ToTimestamp extends ScalarFunction {
    public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(@Nullable Long millis) {
        return millis == null ? null : Moments.of(millis);
    }
}
