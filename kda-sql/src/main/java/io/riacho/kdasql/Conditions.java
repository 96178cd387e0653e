package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates what is true or false: logic, comparisons and patterns. */
final class Conditions {
    private final Expressions expressions;
    private final Functions functions;
    private final Casts casts;

    Conditions(Expressions expressions, Functions functions, Casts casts) {
        this.expressions = expressions;
        this.functions = functions;
        this.casts = casts;
    }

    Expr logic(SqlCall call, String operator, String goesOn) {
        Expr left = expressions.condition(call.operand(0));
        Expr right = expressions.condition(call.operand(1));
        List<String> failures = new ArrayList<>(left.failures());
        if (!right.failures().isEmpty()) {
            failures.add("(" + left.operand() + " " + goesOn + " AND " + right.failure() + ")");
        }
        // A chain of one operator needs no parentheses on its left.
        String leftText = call.operand(0).getKind() == call.getKind() ? left.text() : left.operand();
        return Expr.operation(leftText + " " + operator + " " + right.operand(), Type.BOOLEAN)
                .withFailures(failures);
    }

    Expr postfix(SqlCall call, String operator) {
        Expr operand = expressions.translate(call.operand(0));
        return Expr.operation(operand.operand() + " " + operator, Type.BOOLEAN, operand);
    }

    Expr comparison(SqlCall call, String operator) {
        Expr[] both = comparable(
                expressions.translate(call.operand(0)),
                expressions.translate(call.operand(1)),
                call.getParserPosition());
        return Expr.operation(both[0].operand() + " " + operator + " " + both[1].operand(), Type.BOOLEAN, both);
    }

    Expr[] comparable(Expr left, Expr right, SqlParserPos position) {
        Type l = left.type();
        Type r = right.type();
        if (l.kind() == Kind.NULL
                || r.kind() == Kind.NULL
                || l.kind() == r.kind()
                || l.isText() && r.isText()
                || l.isNumber() && r.isNumber()
                || l.isBytes() && r.isBytes()) {
            return new Expr[] {left, right};
        }
        if (l.isText() && (r.isNumber() || r.isTime() || r.kind() == Kind.BOOLEAN)) {
            return new Expr[] {casts.cast(left, r.isNumber() ? Type.DOUBLE : r, position), right};
        }
        if (r.isText() && (l.isNumber() || l.isTime() || l.kind() == Kind.BOOLEAN)) {
            return new Expr[] {left, casts.cast(right, l.isNumber() ? Type.DOUBLE : l, position)};
        }
        if (l.isTime() && r.isTime() && l.kind() != Kind.TIME && r.kind() != Kind.TIME) {
            return new Expr[] {casts.cast(left, Type.TIMESTAMP, position), casts.cast(right, Type.TIMESTAMP, position)};
        }
        throw new SqlCodeException(position, "A value of type " + l + " cannot be compared with one of type " + r);
    }

    Expr between(SqlBasicCall call) {
        Expr value = expressions.translate(call.operand(0));
        Expr[] low = comparable(value, expressions.translate(call.operand(1)), call.getParserPosition());
        Expr[] high = comparable(value, expressions.translate(call.operand(2)), call.getParserPosition());
        boolean negated = ((SqlBetweenOperator) call.getOperator()).isNegated();
        String text = "%s >= %s AND %s <= %s"
                .formatted(low[0].operand(), low[1].operand(), high[0].operand(), high[1].operand());
        return Expr.operation(negated ? "NOT (" + text + ")" : text, Type.BOOLEAN, low[0], low[1], high[0], high[1]);
    }

    Expr in(SqlCall call) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            throw new SqlCodeException(call.getParserPosition(), "IN needs a list of values; a query is not supported");
        }
        Expr value = expressions.translate(call.operand(0));
        List<Expr> parts = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        parts.add(value);
        for (SqlNode element : list) {
            Expr[] both = comparable(value, expressions.translate(element), element.getParserPosition());
            parts.add(both[0]);
            parts.add(both[1]);
            texts.add(both[0].operand() + " = " + both[1].operand());
        }
        String text = String.join(" OR ", texts);
        boolean negated = call.getKind() == SqlKind.NOT_IN;
        return new Expr(negated ? "NOT (" + text + ")" : text, Type.BOOLEAN, false, false, Expr.failures(parts));
    }

    Expr like(SqlBasicCall call) {
        Expr value = expressions.text(call.operand(0));
        Expr pattern = expressions.text(call.operand(1));
        Expr escape = call.operandCount() > 2 ? expressions.text(call.operand(2)) : null;
        boolean negated = ((SqlLikeOperator) call.getOperator()).isNegated();
        boolean similar = call.getKind() == SqlKind.SIMILAR;
        List<Expr> parts = escape == null ? List.of(value, pattern) : List.of(value, pattern, escape);
        if (similar && !(call.operand(1) instanceof SqlLiteral)) {
            String arguments = value.text() + ", " + pattern.text() + ", " + (escape == null ? "''" : escape.text());
            Expr match = Expr.call(functions.use("KDA_SIMILAR") + "(" + arguments + ")", Type.BOOLEAN, parts)
                    .failing("(%s IS NOT NULL AND %s IS NOT NULL AND %s(%s) IS NULL)"
                            .formatted(value.operand(), pattern.operand(), "KDA_SIMILAR", arguments));
            return negated ? Expr.operation("NOT " + match.operand(), Type.BOOLEAN, match) : match;
        }
        String text = value.operand()
                + (negated ? " NOT" : "")
                + (similar ? " SIMILAR TO " : " LIKE ")
                + pattern.operand()
                + (escape == null ? "" : " ESCAPE " + escape.operand());
        return new Expr(text, Type.BOOLEAN, false, false, Expr.failures(parts));
    }
}
