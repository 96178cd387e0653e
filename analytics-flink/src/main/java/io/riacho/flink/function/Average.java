package io.riacho.flink.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/** Of whole numbers the whole part, of DECIMAL at least six digits after the point, as in Flink. */
final class Average extends Aggregate {
    private final Aggregate sum;
    private final DataType type;

    Average(Aggregate sum, DataType type) {
        this.sum = sum;
        this.type = type;
    }

    @Override
    List<DataType> fields() {
        List<DataType> fields = new ArrayList<>(sum.fields());
        fields.add(DataTypes.BIGINT());
        return fields;
    }

    @Override
    int width() {
        return sum.width() + 1;
    }

    @Override
    DataType result() {
        LogicalType logical = type.getLogicalType();
        return logical.is(LogicalTypeRoot.DECIMAL)
                ? DataTypes.DECIMAL(38, Math.max(6, LogicalTypeChecks.getScale(logical)))
                : type.nullable();
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return with(sum.of(value), value == null ? 0 : 1);
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        int last = before.length - 1;
        return with(sum.join(before, after), number(before[last]) + number(after[last]));
    }

    private @Nullable Object[] with(@Nullable Object[] parts, long count) {
        @Nullable Object[] all = none();
        int last = all.length - 1;
        for (int i = 0; i < last; i++) {
            all[i] = parts[i];
        }
        all[last] = count;
        return all;
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        Object total = accumulator[0] == null ? null : sum.value(accumulator);
        if (total == null) {
            return null;
        }
        long count = number(accumulator[accumulator.length - 1]);
        return switch (type.getLogicalType().getTypeRoot()) {
            case TINYINT -> (byte) (number(total) / count);
            case SMALLINT -> (short) (number(total) / count);
            case INTEGER -> (int) (number(total) / count);
            case BIGINT -> number(total) / count;
            case FLOAT -> (float) (real(total) / count);
            case DOUBLE -> real(total) / count;
            default ->
                decimal(total)
                        .divide(
                                BigDecimal.valueOf(count),
                                Math.max(6, LogicalTypeChecks.getScale(type.getLogicalType())),
                                RoundingMode.HALF_UP);
        };
    }
}
