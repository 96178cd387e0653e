package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** A sum of fractions. */
final class DoubleSum extends Aggregate {
    @Override
    List<DataType> fields() {
        return List.of(DataTypes.DOUBLE());
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    DataType result() {
        return DataTypes.DOUBLE();
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return new @Nullable Object[] {value instanceof Number number ? number.doubleValue() : null};
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        return new @Nullable Object[] {real(before[0]) + real(after[0])};
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        return accumulator[0];
    }
}
