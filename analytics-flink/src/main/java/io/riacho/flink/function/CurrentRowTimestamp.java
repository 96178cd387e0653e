package io.riacho.flink.function;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code KDA_CURRENT_ROW_TIMESTAMP()}: the clock when the row is handled, in UTC. */
public final class CurrentRowTimestamp extends ScalarFunction {
    public @DataTypeHint("TIMESTAMP(3) NOT NULL") LocalDateTime eval() {
        return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }
}
