package io.riacho.flink.function;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.jspecify.annotations.Nullable;

/** {@code KDA_MILLIS_BETWEEN(a, b)}: a - b in milliseconds, of two timestamps, dates or times of day. */
public final class MillisBetween extends ScalarFunction {
    private static final long DAY = 86_400_000;

    public @Nullable Long eval(@Nullable LocalDateTime a, @Nullable LocalDateTime b) {
        return a == null || b == null ? null : Moments.millis(a) - Moments.millis(b);
    }

    public @Nullable Long eval(@Nullable LocalDate a, @Nullable LocalDate b) {
        return a == null || b == null ? null : (a.toEpochDay() - b.toEpochDay()) * DAY;
    }

    public @Nullable Long eval(@Nullable LocalTime a, @Nullable LocalTime b) {
        return a == null || b == null ? null : (a.toNanoOfDay() - b.toNanoOfDay()) / 1_000_000;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory factory) {
        TemporalArgument argument = new TemporalArgument(List.of(0, 1));
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.sequence(argument, argument))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.BIGINT()))
                .build();
    }
}
