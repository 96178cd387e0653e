package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** The first or last value. */
final class Edge extends Aggregate {
    private final DataType type;
    private final boolean first;
    private final boolean ignoreNulls;

    Edge(DataType type, boolean first, boolean ignoreNulls) {
        this.type = type.nullable();
        this.first = first;
        this.ignoreNulls = ignoreNulls;
    }

    @Override
    List<DataType> fields() {
        return List.of(DataTypes.BOOLEAN(), type);
    }

    @Override
    int width() {
        return 2;
    }

    @Override
    DataType result() {
        return type;
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return value == null && ignoreNulls ? none() : new @Nullable Object[] {true, value};
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        return first ? before : after;
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        return accumulator[1];
    }
}
