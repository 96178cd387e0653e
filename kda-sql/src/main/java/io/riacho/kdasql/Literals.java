package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates literals. */
final class Literals {
    private Literals() {}

    static Expr literal(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral unknown) {
            return timeLiteral(unknown.tag, String.valueOf(unknown.getValue()), literal.getParserPosition());
        }
        return switch (literal.getTypeName()) {
            case NULL -> Expr.atom("NULL", Type.NULL);
            case BOOLEAN -> Expr.atom(literal.booleanValue() ? "TRUE" : "FALSE", Type.BOOLEAN);
            case CHAR -> {
                String value = literal.getValueAs(String.class);
                yield Expr.atom(Text.literal(value), Type.text(Kind.VARCHAR, Math.max(1, value.length())));
            }
            case DECIMAL -> number((SqlNumericLiteral) literal);
            case DOUBLE -> Expr.atom(String.valueOf(literal.toValue()), Type.DOUBLE);
            case DATE, TIME, TIMESTAMP ->
                timeLiteral(
                        literal.getTypeName().getName(),
                        String.valueOf(literal.toValue()),
                        literal.getParserPosition());
            case BINARY -> Expr.atom(literal.toString(), Type.of(Kind.VARBINARY));
            default -> throw Expressions.unsupported(literal);
        };
    }

    private static Expr number(SqlNumericLiteral literal) {
        BigDecimal value = Objects.requireNonNull(literal.bigDecimalValue());
        String text = value.toPlainString();
        if (value.scale() <= 0) {
            int digits = value.precision();
            return digits < 10
                    ? Expr.atom(text, Type.INTEGER)
                    : Expr.atom(text, digits < 19 ? Type.BIGINT : Type.decimal(digits, 0));
        }
        return Expr.atom(text, Type.decimal(Math.max(value.precision(), value.scale() + 1), value.scale()));
    }

    private static Expr timeLiteral(String tag, String value, SqlParserPos position) {
        Type type = switch (tag) {
            case "DATE" -> Type.DATE;
            case "TIME" -> Type.TIME;
            case "TIMESTAMP" -> Type.TIMESTAMP;
            default -> throw new SqlCodeException(position, "A literal of " + tag + " is not supported");
        };
        String pattern = switch (type.kind()) {
            case DATE -> "\\d{4}-\\d{1,2}-\\d{1,2}";
            case TIME -> "\\d{1,2}:\\d{1,2}:\\d{1,2}";
            default -> "\\d{4}-\\d{1,2}-\\d{1,2} \\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d{1,9})?";
        };
        if (!value.matches(pattern)) {
            throw new SqlCodeException(position, "'" + value + "' is no " + tag);
        }
        return type.kind() == Kind.TIMESTAMP
                ? Expr.atom("CAST(TIMESTAMP " + Text.literal(value) + " AS TIMESTAMP(3))", type)
                : Expr.atom(tag + " " + Text.literal(value), type);
    }

    static Expr interval(SqlIntervalLiteral literal) {
        Intervals.Value value = Intervals.of(literal);
        return value.months()
                ? Expr.atom(Long.toString(value.amount()), Type.of(Kind.INTERVAL_MONTHS))
                : Expr.atom(Long.toString(value.amount()), Type.INTERVAL);
    }
}
