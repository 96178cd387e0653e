package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates calculations with numbers, times and intervals. */
final class Arithmetic {
    private final Expressions expressions;
    private final Functions functions;
    private final Casts casts;

    Arithmetic(Expressions expressions, Functions functions, Casts casts) {
        this.expressions = expressions;
        this.functions = functions;
        this.casts = casts;
    }

    Expr numberOrInterval(SqlNode node) {
        Expr value = expressions.translate(node);
        return value.type().isInterval() ? value : number(value, node.getParserPosition());
    }

    private Expr number(Expr value, SqlParserPos position) {
        if (value.type().isNumber()) {
            return value;
        }
        if (value.type().isText() || value.type().kind() == Kind.NULL) {
            return casts.cast(value, Type.DOUBLE, position);
        }
        throw new SqlCodeException(position, "A number is needed here, not a value of type " + value.type());
    }

    Expr plus(SqlCall call, String operator) {
        SqlParserPos position = call.getParserPosition();
        Expr left = expressions.translate(call.operand(0));
        Expr right = expressions.translate(call.operand(1));
        if (call.operandCount() == 3) {
            SqlIntervalQualifier qualifier = call.operand(2);
            return difference(left, right, qualifier, position);
        }
        if (left.type().isTime() || right.type().isTime()) {
            return shifted(call, left, right, operator);
        }
        if (left.type().isInterval() && right.type().isInterval()) {
            return Expr.operation(left.operand() + " " + operator + " " + right.operand(), Type.INTERVAL, left, right);
        }
        Expr l = number(left, position);
        Expr r = number(right, position);
        return Expr.operation(
                l.operand() + " " + operator + " " + r.operand(), l.type().widest(r.type()), l, r);
    }

    /** {@code (a - b) MINUTE TO SECOND}. */
    private Expr difference(Expr left, Expr right, SqlIntervalQualifier qualifier, SqlParserPos position) {
        if (!left.type().isTime() || !right.type().isTime()) {
            throw new SqlCodeException(position, "Times are needed here, not " + left.type() + " and " + right.type());
        }
        if (qualifier.isYearMonth()) {
            throw new SqlCodeException(position, "Intervals of months are not supported");
        }
        boolean mixed = left.type().kind() != right.type().kind();
        Expr l = mixed ? casts.cast(left, Type.TIMESTAMP, position) : left;
        Expr r = mixed ? casts.cast(right, Type.TIMESTAMP, position) : right;
        return Expr.call(
                "%s(%s, %s)".formatted(functions.use("KDA_MILLIS_BETWEEN"), l.text(), r.text()), Type.INTERVAL, l, r);
    }

    private Expr shifted(SqlCall call, Expr left, Expr right, String operator) {
        SqlParserPos position = call.getParserPosition();
        Expr time = left.type().isTime() ? left : right;
        Expr by = left.type().isTime() ? right : left;
        if (left.type().isTime() && right.type().isTime() || !left.type().isTime() && operator.equals("-")) {
            throw new SqlCodeException(
                    position,
                    "The difference of two times needs its unit, as in (a - b) SECOND, not %s %s %s"
                            .formatted(left.type(), operator, right.type()));
        }
        SqlNode node = left.type().isTime() ? call.operand(1) : call.operand(0);
        if (node instanceof SqlIntervalLiteral literal) {
            Intervals.Value value = Intervals.of(literal);
            String text = value.months()
                    ? "INTERVAL '" + value.amount() + "' MONTH("
                            + Long.toString(Math.abs(value.amount())).length() + ")"
                    : Text.interval(value.amount());
            return Expr.operation(time.operand() + " " + operator + " " + text, time.type(), time);
        }
        if (!by.type().isInterval()) {
            throw new SqlCodeException(position, "An interval is needed here, not a value of type " + by.type());
        }
        Expr stamp = casts.cast(time, Type.TIMESTAMP, position);
        return casts.cast(
                Expr.call(
                        "%s(%s(%s) %s %s)"
                                .formatted(
                                        functions.use("KDA_TO_TIMESTAMP"),
                                        functions.use("KDA_UNIX_TIMESTAMP"),
                                        stamp.text(),
                                        operator,
                                        by.operand()),
                        Type.TIMESTAMP,
                        stamp,
                        by),
                time.type(),
                position);
    }

    Expr times(SqlCall call) {
        Expr left = numberOrInterval(call.operand(0));
        Expr right = numberOrInterval(call.operand(1));
        boolean interval = left.type().isInterval() || right.type().isInterval();
        Type type = interval ? Type.INTERVAL : left.type().widest(right.type());
        String text = left.operand() + " * " + right.operand();
        return interval
                ? Expr.call("CAST(" + text + " AS BIGINT)", type, left, right)
                : Expr.operation(text, type, left, right);
    }

    Expr divide(SqlCall call, Expr dividend, Expr divisor) {
        SqlParserPos position = call.getParserPosition();
        Expr left = dividend.type().isInterval() ? dividend : number(dividend, position);
        Expr right = number(divisor, position);
        boolean interval = left.type().isInterval();
        Type type = interval ? Type.INTERVAL : left.type().widest(right.type());
        Expr quotient;
        if (call.operand(1) instanceof SqlNumericLiteral literal
                && Objects.requireNonNull(literal.bigDecimalValue()).signum() != 0) {
            quotient = Expr.operation(left.operand() + " / " + right.operand(), type, left, right);
        } else {
            quotient = Expr.operation(left.operand() + " / NULLIF(" + right.text() + ", 0)", type, left, right)
                    .failing("(" + right.operand() + " IS NOT DISTINCT FROM 0)");
        }
        return interval ? Expr.call("CAST(FLOOR(" + quotient.text() + ") AS BIGINT)", type, quotient) : quotient;
    }

    Expr modulo(Expr left, Expr right, SqlCall call) {
        Expr l = number(left, call.getParserPosition());
        Expr r = number(right, call.getParserPosition());
        return Expr.call("MOD(" + l.text() + ", NULLIF(" + r.text() + ", 0))", r.type(), l, r)
                .failing("(" + r.operand() + " IS NOT DISTINCT FROM 0)");
    }

    Expr floor(SqlCall call) {
        Expr value = expressions.translate(call.operand(0));
        String name = call.getKind() == SqlKind.FLOOR ? "FLOOR" : "CEIL";
        if (call.operandCount() == 1) {
            Expr number = number(value, call.getParserPosition());
            return Expr.call(name + "(" + number.text() + ")", number.type(), number);
        }
        TimeUnitRange unit = Intervals.range(call.operand(1));
        if (value.type().isInterval()) {
            long millis = Intervals.unitMillis(unit.name());
            return Expr.operation("%s / %d * %d".formatted(value.operand(), millis, millis), Type.INTERVAL, value);
        }
        if (!value.type().isTime()) {
            throw new SqlCodeException(
                    call.getParserPosition(), "A time is needed here, not a value of type " + value.type());
        }
        return Expr.call(name + "(" + value.text() + " TO " + unit + ")", value.type(), value);
    }

    Expr extract(SqlCall call) {
        TimeUnitRange unit = Intervals.range(call.operand(0));
        Expr value = expressions.translate(call.operand(1));
        if (value.type().isInterval()) {
            return Expr.operation(value.operand() + " / " + Intervals.unitMillis(unit.name()), Type.BIGINT, value);
        }
        if (!value.type().isTime()) {
            throw new SqlCodeException(
                    call.getParserPosition(), "A time is needed here, not a value of type " + value.type());
        }
        return Expr.call("EXTRACT(" + unit + " FROM " + value.text() + ")", Type.BIGINT, value);
    }

    Expr step(SqlCall call) {
        Expr value = expressions.translate(call.operand(0));
        SqlNode by = call.operand(1);
        SqlParserPos position = call.getParserPosition();
        if (by instanceof SqlIntervalLiteral literal) {
            Intervals.Value interval = Intervals.of(literal);
            if (!value.type().isTime() || value.type().kind() == Kind.TIME || interval.amount() <= 0) {
                throw new SqlCodeException(
                        position, "STEP BY an interval needs a TIMESTAMP, not a value of type " + value.type());
            }
            Expr stamp = casts.cast(value, Type.TIMESTAMP, position);
            return stepped(stamp, interval);
        }
        Expr size = expressions.translate(by);
        if (!value.type().isInteger() || !size.type().isInteger()) {
            throw new SqlCodeException(
                    position,
                    "STEP needs a TIMESTAMP and an interval, or two integers, not " + value.type() + " and "
                            + size.type());
        }
        Expr quotient = Expr.operation(
                        value.operand() + " / NULLIF(" + size.text() + ", 0) * " + size.operand(),
                        value.type().widest(size.type()),
                        value,
                        size)
                .failing("(" + size.operand() + " IS NOT DISTINCT FROM 0)");
        return quotient;
    }

    private Expr stepped(Expr stamp, Intervals.Value interval) {
        if (interval.months()) {
            return Expr.call(
                    "%s(%s, %d)".formatted(functions.use("KDA_STEP_MONTHS"), stamp.text(), interval.amount()),
                    Type.TIMESTAMP,
                    stamp);
        }
        return Expr.call(stepText(functions, stamp.text(), interval.amount()), Type.TIMESTAMP, stamp);
    }

    /** A time floored to a multiple of {@code millis}. */
    static String stepText(Functions functions, String text, long millis) {
        return switch ((int) Math.min(millis, Integer.MAX_VALUE)) {
            case 1000 -> "FLOOR(" + text + " TO SECOND)";
            case 60_000 -> "FLOOR(" + text + " TO MINUTE)";
            case 3_600_000 -> "FLOOR(" + text + " TO HOUR)";
            default -> "%s(%s, CAST(%d AS BIGINT))".formatted(functions.use("KDA_STEP"), text, millis);
        };
    }
}
