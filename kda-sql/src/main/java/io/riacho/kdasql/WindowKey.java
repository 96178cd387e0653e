package io.riacho.kdasql;

import io.riacho.kdasql.statement.DialectOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/**
 * A monotonic expression of ROWTIME that cuts a stream into windows of one size.
 *
 * @param size milliseconds
 * @param ceiling whether windows are (start, end] and the value is their end, not [start, end) with their start
 * @param interval whether its value is an interval, so that it can group but not be selected
 */
record WindowKey(long size, boolean ceiling, boolean interval) {

    /** The key that the node is, or null. */
    static @Nullable WindowKey of(SqlNode node, Expressions expressions) {
        if (node instanceof SqlIdentifier name) {
            return !name.isStar() && isRowtime(name, expressions) ? new WindowKey(1, false, false) : null;
        }
        if (!(node instanceof SqlCall call)) {
            return null;
        }
        if (isMonotonic(call)) {
            return of(call.operand(0), expressions);
        }
        if (DialectOperators.STEP.equals(call.getOperator())
                && call.operand(1) instanceof SqlIntervalLiteral size
                && isRowtime(call.operand(0), expressions)) {
            Intervals.Value value = Intervals.of(size);
            if (value.months() || value.amount() <= 0) {
                throw new SqlCodeException(size.getParserPosition(), "A window of months or years is not supported");
            }
            return new WindowKey(value.amount(), false, false);
        }
        if ((call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL) && call.operandCount() == 2) {
            return floor(call, expressions);
        }
        return null;
    }

    private static @Nullable WindowKey floor(SqlCall call, Expressions expressions) {
        boolean ceiling = call.getKind() == SqlKind.CEIL;
        if (isRowtime(call.operand(0), expressions)) {
            return new WindowKey(unit(call.operand(1)), ceiling, false);
        }
        // FLOOR((s.ROWTIME - TIMESTAMP '1970-01-01 00:00:00') SECOND / 10 TO SECOND)
        if (call.operand(0) instanceof SqlCall quotient
                && quotient.getKind() == SqlKind.DIVIDE
                && quotient.operand(0) instanceof SqlCall difference
                && difference.getKind() == SqlKind.MINUS
                && difference.operandCount() == 3
                && quotient.operand(1) instanceof SqlNumericLiteral divisor
                && isRowtime(difference.operand(0), expressions)
                && difference.operand(1).toString().contains("1970-01-01")) {
            long n = divisor.longValue(true);
            if (n <= 0 || ceiling) {
                throw new SqlCodeException(divisor.getParserPosition(), "The window's size is out of range");
            }
            return new WindowKey(n * unit(call.operand(1)), false, true);
        }
        return null;
    }

    private static long unit(SqlNode qualifier) {
        return switch (Intervals.range(qualifier)) {
            case SECOND -> 1000L;
            case MINUTE -> 60_000L;
            case HOUR -> 3_600_000L;
            case DAY -> 86_400_000L;
            default ->
                throw new SqlCodeException(
                        qualifier.getParserPosition(), "A window of this unit is not supported, only up to DAY");
        };
    }

    /** Whether the node is ROWTIME, or a column that holds it. Parentheses leave no trace in the tree. */
    static boolean isRowtime(SqlNode node, Expressions expressions) {
        if (isMonotonic(node)) {
            return isRowtime(((SqlCall) node).operand(0), expressions);
        }
        return node instanceof SqlIdentifier name
                && !name.isStar()
                && expressions.translate(name).rowtime();
    }

    /** Whether the node is {@code MONOTONIC(…)}, which says of an expression that it never falls. */
    static boolean isMonotonic(SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator().getName().equals("MONOTONIC")
                && call.operandCount() == 1;
    }

    /** The keys in an expression that has no columns but theirs; empty where it has others or none. */
    static List<WindowKey> in(SqlNode node, Expressions expressions) {
        List<WindowKey> keys = new ArrayList<>();
        return collect(node, expressions, keys) ? keys : List.of();
    }

    private static boolean collect(SqlNode node, Expressions expressions, List<WindowKey> keys) {
        WindowKey key = of(node, expressions);
        if (key != null) {
            keys.add(key);
            return true;
        }
        return switch (node) {
            case SqlIdentifier name -> false;
            case SqlCall call ->
                call.getOperandList().stream().allMatch(o -> o == null || collect(o, expressions, keys));
            default -> true;
        };
    }
}
