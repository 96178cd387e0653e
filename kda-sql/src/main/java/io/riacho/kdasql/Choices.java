package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates expressions that take one of several values. */
final class Choices {
    private final Expressions expressions;
    private final Casts casts;
    private final Conditions conditions;

    Choices(Expressions expressions, Casts casts, Conditions conditions) {
        this.expressions = expressions;
        this.casts = casts;
        this.conditions = conditions;
    }

    Expr chosen(SqlCase call) {
        SqlNode subject = call.getValueOperand();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        for (int i = 0; i < call.getWhenOperands().size(); i++) {
            SqlNode when = call.getWhenOperands().get(i);
            if (subject == null) {
                conditions.add(expressions.condition(when));
            } else {
                Expr[] both = this.conditions.comparable(
                        expressions.translate(subject), expressions.translate(when), when.getParserPosition());
                conditions.add(Expr.operation(both[0].operand() + " = " + both[1].operand(), Type.BOOLEAN, both));
            }
            results.add(expressions.translate(call.getThenOperands().get(i)));
        }
        SqlNode other = call.getElseOperand();
        results.add(other == null ? Expr.atom("NULL", Type.NULL) : expressions.translate(other));
        return choice(conditions, unified(results, call.getParserPosition()));
    }

    /** {@code CASE}: only the branch that is taken can fail. */
    private static Expr choice(List<Expr> conditions, List<Expr> results) {
        StringBuilder text = new StringBuilder("CASE");
        StringBuilder failure = new StringBuilder("(CASE");
        List<String> failures = new ArrayList<>(Expr.failures(conditions));
        boolean canFail = false;
        for (int i = 0; i < conditions.size(); i++) {
            text.append(" WHEN ").append(conditions.get(i).text());
            text.append(" THEN ").append(results.get(i).text());
            failure.append(" WHEN ").append(conditions.get(i).text());
            failure.append(" THEN ").append(results.get(i).failure());
            canFail |= !results.get(i).failures().isEmpty();
        }
        text.append(" ELSE ").append(results.getLast().text()).append(" END");
        failure.append(" ELSE ").append(results.getLast().failure()).append(" END)");
        canFail |= !results.getLast().failures().isEmpty();
        if (canFail) {
            failures.add(failure.toString());
        }
        return new Expr(text.toString(), results.getLast().type(), true, false, List.copyOf(failures));
    }

    private List<Expr> unified(List<Expr> values, SqlParserPos position) {
        Type type = Type.NULL;
        for (Expr value : values) {
            type = type.common(value.type());
        }
        List<Expr> unified = new ArrayList<>();
        for (Expr value : values) {
            boolean alike = value.type().kind() == type.kind()
                    || value.type().isText() && type.isText()
                    || value.type().isNumber() && type.isNumber();
            Type target = type;
            Expr cast = alike ? value : casts.cast(value, type, position);
            unified.add(cast.as(target));
        }
        return unified;
    }

    Expr coalesce(List<Expr> values, SqlParserPos position) {
        List<Expr> alike = unified(values, position);
        if (alike.isEmpty()) {
            throw new SqlCodeException(position, "COALESCE needs arguments");
        }
        List<Expr> conditions = new ArrayList<>();
        for (Expr value : alike.subList(0, alike.size() - 1)) {
            conditions.add(Expr.operation(value.operand() + " IS NOT NULL", Type.BOOLEAN, value));
        }
        if (Expr.failures(alike).isEmpty()) {
            String arguments = String.join(", ", alike.stream().map(Expr::text).toList());
            return Expr.call("COALESCE(" + arguments + ")", alike.getLast().type(), alike);
        }
        return choice(conditions, alike);
    }
}
