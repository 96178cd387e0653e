package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** A sum that no longer fits is NULL; the second field remembers it. */
final class WholeSum extends Aggregate {
    @Override
    List<DataType> fields() {
        return List.of(DataTypes.BIGINT(), DataTypes.BOOLEAN());
    }

    @Override
    int width() {
        return 2;
    }

    @Override
    DataType result() {
        return DataTypes.BIGINT();
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return value == null ? none() : new @Nullable Object[] {number(value), null};
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        long a = number(before[0]);
        long b = number(after[0]);
        long sum = a + b;
        boolean over = before[1] != null || after[1] != null || ((a ^ sum) & (b ^ sum)) < 0;
        return new @Nullable Object[] {sum, over ? Boolean.TRUE : null};
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        return accumulator[1] == null ? accumulator[0] : null;
    }
}
