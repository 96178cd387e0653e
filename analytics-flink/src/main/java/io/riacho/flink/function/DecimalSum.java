package io.riacho.flink.function;

import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** A sum of decimals. */
final class DecimalSum extends Aggregate {
    private final int scale;

    DecimalSum(int scale) {
        this.scale = scale;
    }

    @Override
    List<DataType> fields() {
        return List.of(DataTypes.DECIMAL(38, scale), DataTypes.BOOLEAN());
    }

    @Override
    int width() {
        return 2;
    }

    @Override
    DataType result() {
        return DataTypes.DECIMAL(38, scale);
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return new @Nullable Object[] {value, null};
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        BigDecimal sum = decimal(before[0]).add(decimal(after[0]));
        boolean over = before[1] != null || after[1] != null || sum.precision() > 38;
        return new @Nullable Object[] {over ? BigDecimal.ZERO : sum, over ? Boolean.TRUE : null};
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        return accumulator[1] == null ? accumulator[0] : null;
    }
}
