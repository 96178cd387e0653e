package io.riacho.flink.function;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_UNIX_TIMESTAMP(timestamp)}: milliseconds since the epoch. */
public final class UnixTimestamp extends ScalarFunction {
    public @Nullable Long eval(@DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime time) {
        return time == null ? null : Moments.millis(time);
    }
}
