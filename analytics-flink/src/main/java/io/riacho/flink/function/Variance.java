package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** Count, mean and sum of squared distances from the mean (Chan, Golub and LeVeque). */
final class Variance extends Aggregate {
    private final boolean sample;
    private final boolean root;

    Variance(boolean sample, boolean root) {
        this.sample = sample;
        this.root = root;
    }

    @Override
    List<DataType> fields() {
        return List.of(DataTypes.BIGINT(), DataTypes.DOUBLE(), DataTypes.DOUBLE());
    }

    @Override
    int width() {
        return 3;
    }

    @Override
    DataType result() {
        return DataTypes.DOUBLE();
    }

    @Override
    @Nullable
    Object[] of(@Nullable Object value) {
        return value instanceof Number number ? new @Nullable Object[] {1L, number.doubleValue(), 0.0} : none();
    }

    @Override
    @Nullable
    Object[] join(@Nullable Object[] before, @Nullable Object[] after) {
        long n = number(before[0]);
        long m = number(after[0]);
        double distance = real(after[1]) - real(before[1]);
        double mean = real(before[1]) + distance * m / (n + m);
        double squares = real(before[2]) + real(after[2]) + distance * distance * n * m / (n + m);
        return new @Nullable Object[] {n + m, mean, squares};
    }

    @Override
    @Nullable
    Object value(@Nullable Object[] accumulator) {
        long n = accumulator[0] == null ? 0 : number(accumulator[0]);
        if (n < (sample ? 2 : 1)) {
            return null;
        }
        double variance = real(accumulator[2]) / (sample ? n - 1 : n);
        return root ? Math.sqrt(variance) : variance;
    }
}
