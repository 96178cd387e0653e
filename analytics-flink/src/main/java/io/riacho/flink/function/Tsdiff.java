package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_TSDIFF(a, b)}: a - b in milliseconds. */
public final class Tsdiff extends ScalarFunction {
    public @Nullable Long eval(
            @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime a,
            @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime b) {
        return a == null || b == null ? null : Moments.millis(a) - Moments.millis(b);
    }
}
