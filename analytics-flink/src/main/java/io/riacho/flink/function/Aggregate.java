package io.riacho.flink.function;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that is put together from parts: what it knows of some rows is an accumulator, and those of two groups of
 * rows, one before the other, make that of both. An accumulator whose first field is NULL is that of no rows.
 */
abstract class Aggregate implements Serializable {

    /** The fields of an accumulator, all nullable. */
    abstract List<DataType> fields();

    /** Number of {@link #fields()}. */
    abstract int width();

    /** The type of the result. */
    abstract DataType result();

    /** The accumulator of one row. */
    abstract @Nullable Object[] of(@Nullable Object value);

    /** The accumulator of the rows of both, neither of which is empty. */
    abstract @Nullable Object[] join(@Nullable Object[] before, @Nullable Object[] after);

    /** The result. */
    abstract @Nullable Object value(@Nullable Object[] accumulator);

    final @Nullable Object[] none() {
        return new @Nullable Object[width()];
    }

    static Aggregate count(boolean rows) {
        return new Count(rows);
    }

    /** The sum of a column: BIGINT for whole numbers, DOUBLE, or DECIMAL of 38 digits. */
    static Aggregate sum(DataType type) {
        LogicalType logical = type.getLogicalType();
        if (logical.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return new WholeSum();
        }
        if (logical.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
            return new DoubleSum();
        }
        if (logical.is(LogicalTypeRoot.DECIMAL)) {
            return new DecimalSum(LogicalTypeChecks.getScale(logical));
        }
        throw new ValidationException("There is no sum of " + type);
    }

    static Aggregate average(DataType type) {
        return new Average(sum(type), type);
    }

    static Aggregate extremum(DataType type, boolean greatest) {
        if (!isComparable(type)) {
            throw new ValidationException("Values of " + type + " have no order");
        }
        return new Extremum(type, greatest);
    }

    static Aggregate edge(DataType type, boolean first, boolean ignoreNulls) {
        return new Edge(type, first, ignoreNulls);
    }

    static Aggregate variance(DataType type, boolean sample, boolean root) {
        if (!type.getLogicalType().is(LogicalTypeFamily.NUMERIC)) {
            throw new ValidationException("There is no variance of " + type);
        }
        return new Variance(sample, root);
    }

    /** Whether values of a type, as Java objects, have an order that is also that of SQL. */
    static boolean isComparable(DataType type) {
        LogicalType logical = type.getLogicalType();
        return logical.is(LogicalTypeFamily.NUMERIC)
                || logical.is(LogicalTypeFamily.CHARACTER_STRING)
                || logical.is(LogicalTypeFamily.DATETIME)
                || logical.is(LogicalTypeRoot.BOOLEAN);
    }

    private static final class Count extends Aggregate {
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

    /** A sum that no longer fits is NULL; the second field remembers it. */
    private static final class WholeSum extends Aggregate {
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

    private static final class DoubleSum extends Aggregate {
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

    private static final class DecimalSum extends Aggregate {
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

    /** Of whole numbers the whole part, of DECIMAL at least six digits after the point, as in Flink. */
    private static final class Average extends Aggregate {
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

    private static final class Extremum extends Aggregate {
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

    private static final class Edge extends Aggregate {
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

    /** Count, mean and sum of squared distances from the mean (Chan, Golub and LeVeque). */
    private static final class Variance extends Aggregate {
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

    static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    static double real(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static BigDecimal decimal(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
    }
}
