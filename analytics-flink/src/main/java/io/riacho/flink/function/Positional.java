package io.riacho.flink.function;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.jspecify.annotations.Nullable;

/** A function of a sliding window that looks at single rows of it. */
interface Positional extends Serializable {

    /** The rows of a window, counted from 0, the oldest, to {@code size() - 1}, the current row. */
    interface Rows {
        int size();

        @Nullable
        Object value(int column, int row) throws Exception;

        long time(int row) throws Exception;
    }

    /** The type of the result. */
    DataType result();

    /** The result for the window's current row. */
    @Nullable
    Object of(Rows rows) throws Exception;

    /** The function that a call names, NULL if it names none of these. */
    static @Nullable Positional of(AggregateCall call, Columns columns) {
        return switch (call.function()) {
            case "LAG" -> {
                call.arguments(2, 4);
                int column = columns.index(call.argument(0));
                boolean hasDefault = call.args().size() > 2 && !call.argument(2).equals("-");
                int fallback = hasDefault ? columns.index(call.argument(2)) : -1;
                DataType type = columns.types().get(column).nullable();
                if (hasDefault
                        && !columns.types()
                                .get(fallback)
                                .getLogicalType()
                                .copy(true)
                                .equals(type.getLogicalType())) {
                    throw new ValidationException("The default of LAG must be of the type of its value, " + type);
                }
                yield new Lag(column, Math.toIntExact(call.positive(1)), fallback, call.ignoresNulls(3), type);
            }
            case "NTH_VALUE" -> {
                call.arguments(2, 3);
                int column = columns.index(call.argument(0));
                yield new Nth(
                        column,
                        Math.toIntExact(call.positive(1)),
                        call.ignoresNulls(2),
                        columns.types().get(column).nullable());
            }
            case "EXP_AVG" -> {
                call.arguments(2, 2);
                int column = columns.index(call.argument(0));
                numeric(call, columns.types().get(column));
                yield new Decaying(column, call.positive(1));
            }
            case "COUNT_DISTINCT" -> {
                call.arguments(1, 1);
                yield new CountDistinct(columns.index(call.argument(0)));
            }
            case "SUM_DISTINCT" -> {
                call.arguments(1, 1);
                int column = columns.index(call.argument(0));
                DataType type = columns.types().get(column);
                numeric(call, type);
                yield new SumDistinct(
                        column, Aggregate.sum(type), type.getLogicalType().is(LogicalTypeRoot.DECIMAL));
            }
            default -> null;
        };
    }

    private static void numeric(AggregateCall call, DataType type) {
        if (!type.getLogicalType().is(LogicalTypeFamily.NUMERIC)) {
            throw new ValidationException(call.function() + " takes numbers, not " + type);
        }
    }

    /** The value some rows before the current one, NULLs counted or not. */
    record Lag(int column, int offset, int fallback, boolean ignoreNulls, DataType result) implements Positional {
        @Override
        public @Nullable Object of(Rows rows) throws Exception {
            int current = rows.size() - 1;
            if (ignoreNulls) {
                int left = offset;
                for (int i = current - 1; i >= 0; i--) {
                    Object value = rows.value(column, i);
                    if (value != null && --left == 0) {
                        return value;
                    }
                }
            } else if (current >= offset) {
                return rows.value(column, current - offset);
            }
            return fallback < 0 ? null : rows.value(fallback, current);
        }
    }

    /** The n-th value of the window. */
    record Nth(int column, int n, boolean ignoreNulls, DataType result) implements Positional {
        @Override
        public @Nullable Object of(Rows rows) throws Exception {
            if (!ignoreNulls) {
                return n <= rows.size() ? rows.value(column, n - 1) : null;
            }
            int left = n;
            for (int i = 0; i < rows.size(); i++) {
                Object value = rows.value(column, i);
                if (value != null && --left == 0) {
                    return value;
                }
            }
            return null;
        }
    }

    /** A mean in which a value's weight halves with each half-life of its age. */
    record Decaying(int column, long halfLife) implements Positional {
        @Override
        public DataType result() {
            return DataTypes.DOUBLE();
        }

        @Override
        public @Nullable Object of(Rows rows) throws Exception {
            int current = rows.size() - 1;
            long now = rows.time(current);
            double sum = 0;
            double weights = 0;
            for (int i = 0; i <= current; i++) {
                if (rows.value(column, i) instanceof Number value) {
                    double weight = Math.pow(0.5, (double) (now - rows.time(i)) / halfLife);
                    sum += weight * value.doubleValue();
                    weights += weight;
                }
            }
            return weights == 0 ? null : sum / weights;
        }
    }

    record CountDistinct(int column) implements Positional {
        @Override
        public DataType result() {
            return DataTypes.BIGINT().notNull();
        }

        @Override
        public Object of(Rows rows) throws Exception {
            Set<Object> values = new HashSet<>();
            for (int i = 0; i < rows.size(); i++) {
                Object value = rows.value(column, i);
                if (value != null) {
                    values.add(value);
                }
            }
            return (long) values.size();
        }
    }

    record SumDistinct(int column, Aggregate sum, boolean decimal) implements Positional {
        @Override
        public DataType result() {
            return sum.result();
        }

        @Override
        public @Nullable Object of(Rows rows) throws Exception {
            Set<Object> values = new HashSet<>();
            @Nullable Object[] total = sum.none();
            for (int i = 0; i < rows.size(); i++) {
                Object value = rows.value(column, i);
                if (value != null && values.add(decimal ? ((BigDecimal) value).stripTrailingZeros() : value)) {
                    total = Aggregates.joined(sum, total, sum.of(value));
                }
            }
            return total[0] == null ? null : sum.value(total);
        }
    }
}
