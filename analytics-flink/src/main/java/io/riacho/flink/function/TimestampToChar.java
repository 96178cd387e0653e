package io.riacho.flink.function;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
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

    public @Nullable String eval(@Nullable String format, @Nullable LocalDateTime time) {
        return text(format, time == null ? null : Moments.millis(time));
    }

    public @Nullable String eval(@Nullable String format, @Nullable LocalDate date) {
        return text(format, date == null ? null : date.toEpochDay() * 86_400_000L);
    }

    public @Nullable String eval(@Nullable String format, @Nullable LocalTime time) {
        return text(format, time == null ? null : time.toNanoOfDay() / 1_000_000);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory factory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.sequence(
                        InputTypeStrategies.explicit(DataTypes.STRING()), new TemporalArgument(List.of(1))))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.STRING()))
                .build();
    }

    private @Nullable String text(@Nullable String format, @Nullable Long millis) {
        if (format == null) {
            return null;
        }
        return millis == null ? "null" : formats.format(format, millis);
    }
}
