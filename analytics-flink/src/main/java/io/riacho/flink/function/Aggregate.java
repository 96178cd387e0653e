package io.riacho.flink.function;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
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

    static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    static double real(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    static BigDecimal decimal(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
    }
}
