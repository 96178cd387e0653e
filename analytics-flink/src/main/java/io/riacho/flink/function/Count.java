package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** How many rows, or values that are not NULL. */
final class Count extends Aggregate {
    private final boolean rows;

    Count(boolean rows) {
        this.rows = rows;
    }

    @Override
    List<DataType> fields() {
        return List.of(DataTypes.BIGINT());
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    DataType result() {
        return DataTypes.BIGINT().notNull();
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return new @Nullable Object[] {rows || value != null ? 1L : 0L};
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        return new @Nullable Object[] {number(before[0]) + number(after[0])};
    }

    @Override
    Object value(@Nullable Object[] accumulator) {
        return accumulator[0] instanceof Long count ? count : 0L;
    }
}
