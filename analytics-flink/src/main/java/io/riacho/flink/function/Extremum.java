package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** The least or greatest value. */
final class Extremum extends Aggregate {
    private final DataType type;
    private final boolean greatest;

    Extremum(DataType type, boolean greatest) {
        this.type = type.nullable();
        this.greatest = greatest;
    }

    @Override
    List<DataType> fields() {
        return List.of(type);
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    DataType result() {
        return type;
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return new @Nullable Object[] {value};
    }

    @Override
    @SuppressWarnings("unchecked")
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        Comparable<Object> a = (Comparable<Object>) before[0];
        Object b = after[0];
        if (a == null || b == null) {
            return a == null ? after : before;
        }
        return a.compareTo(b) < 0 == greatest ? after : before;
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        return accumulator[0];
    }
}
