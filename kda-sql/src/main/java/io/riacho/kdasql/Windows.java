package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** The window functions of one query: aggregates over preceding rows, one result for each row. */
final class Windows {
    private final Map<String, SqlWindow> declared = new HashMap<>();
    private final Expressions expressions;
    private final Script script;
    private final TimeFunctions times;
    private final String pump;
    private final Functions functions;

    Windows(
            @Nullable SqlNodeList declarations,
            Expressions expressions,
            Script script,
            TimeFunctions times,
            String pump,
            Functions functions) {
        if (declarations != null) {
            for (SqlNode node : declarations) {
                SqlWindow window = (SqlWindow) node;
                SqlIdentifier name = Objects.requireNonNull(window.getDeclName());
                declared.put(name.getSimple(), window);
            }
        }
        this.expressions = expressions;
        this.script = script;
        this.times = times;
        this.pump = pump;
        this.functions = functions;
    }

    /**
     * @param scope the same names, over rows that have the results too
     * @param values what stands for each window function
     */
    record Result(Scope scope, Map<SqlNode, Expr> values) {}

    Result apply(Scope scope, List<SqlNode> conditions, List<SqlCall> overs) {
        Relation source = scope.relation();
        Projection before = new Projection(source, script, pump);
        scope.entries().forEach(e -> before.keep(e.column()));
        conditions.forEach(c -> before.where(expressions.condition(c)));
        Map<SqlNode, Expr> values = new IdentityHashMap<>();
        Map<String, List<String>> specifications = new LinkedHashMap<>();
        List<Relation.Column> results = new ArrayList<>();
        for (SqlCall over : overs) {
            SqlWindow window = window(over.operand(1));
            List<String> partition = new ArrayList<>();
            if (window.getPartitionList() != null) {
                for (SqlNode node : window.getPartitionList()) {
                    Expr value = expressions.translate(node);
                    value.failures().forEach(f -> before.where(Expr.operation("NOT " + f, Type.BOOLEAN)));
                    partition.add(value.text());
                }
            }
            String key = "";
            if (!partition.isEmpty()) {
                key = before.addOrFind("__p", Expr.atom(TimeFunctions.key(partition), Type.row(List.of())))
                        .text();
            }
            Aggregates.Call call = Aggregates.call(over.operand(0));
            if (call == null) {
                throw new SqlCodeException(
                        over.operand(0).getParserPosition(), "The function cannot be used OVER a window");
            }
            String out = "__w" + (results.size() + 1);
            Relation.Column result =
                    result(call, window, before, out, specifications.computeIfAbsent(key, p -> new ArrayList<>()));
            results.add(result);
            Expr value = Expr.atom(result.quoted(), result.type());
            values.put(over, isLogical(call) ? Expr.operation(result.quoted() + " = 1", Type.BOOLEAN) : value);
        }
        Relation current = before.isIdentity() ? before.build().inView(String.valueOf(source.view())) : before.build();
        List<Relation.Column> columns = new ArrayList<>(current.columns());
        int done = 0;
        for (Map.Entry<String, List<String>> entry : specifications.entrySet()) {
            int from = done;
            done += entry.getValue().size();
            for (String specification : entry.getValue()) {
                String out = specification.substring(specification.lastIndexOf(' ') + 1);
                results.stream().filter(r -> r.flinkName().equals(out)).forEach(columns::add);
            }
            if (from == done) {
                continue;
            }
            current = times.call(
                    "KDA_SLIDE",
                    current,
                    entry.getKey().isEmpty() ? null : entry.getKey(),
                    "aggregates => " + Text.literal(String.join(";", entry.getValue())),
                    columns,
                    current.offset());
        }
        return new Result(scope.on(current), values);
    }

    private static boolean isLogical(Aggregates.Call call) {
        return call.name().equals("ANY")
                || call.name().equals("SOME")
                || call.name().equals("EVERY");
    }

    private SqlWindow window(SqlNode node) {
        if (node instanceof SqlWindow window && window.getRefName() == null) {
            return window;
        }
        SqlIdentifier name =
                node instanceof SqlWindow window ? Objects.requireNonNull(window.getRefName()) : (SqlIdentifier) node;
        SqlWindow found = declared.get(name.getSimple());
        if (found == null || found.getRefName() != null) {
            throw new SqlCodeException(name.getParserPosition(), "There is no window " + name);
        }
        return found;
    }

    private Relation.Column result(
            Aggregates.Call call, SqlWindow window, Projection before, String out, List<String> specifications) {
        Expr argument = null;
        String text = "*";
        if (!call.operands().isEmpty()) {
            Expr value = expressions.translate(call.operands().getFirst());
            if (isLogical(call)) {
                value = Expr.call(
                        "CASE WHEN " + value.text() + " THEN 1 WHEN NOT " + value.operand() + " THEN 0 END",
                        Type.INTEGER,
                        value);
            }
            argument = before.addOrFind("__a", value);
            text = argument.text().replace("`", "");
        }
        Type type = isLogical(call) ? Type.INTEGER : Aggregates.type(call, argument == null ? null : argument.type());
        String name = switch (call.name()) {
            case "ANY", "SOME" -> "MAX";
            case "EVERY" -> "MIN";
            default -> call.distinct() ? call.name() + "_DISTINCT" : call.name();
        };
        String arguments = switch (call.name()) {
            case "LAG" ->
                text + "," + offset(call) + "," + defaultColumn(call, type, before)
                        + (call.ignoreNulls() ? ",IGNORE" : ",RESPECT");
            case "NTH_VALUE" -> text + "," + offset(call) + (call.ignoreNulls() ? ",IGNORE" : "");
            case "EXP_AVG" -> text + "," + halfLife(call);
            default -> text + (call.ignoreNulls() ? ",IGNORE" : "");
        };
        specifications.add(name + " " + arguments + " " + frame(window) + " " + out);
        return new Relation.Column(out, type);
    }

    private static long offset(Aggregates.Call call) {
        if (call.operands().size() < 2) {
            if (call.name().equals("LAG")) {
                return 1;
            }
            throw new SqlCodeException(call.position(), call.name() + " needs a second argument");
        }
        if (call.operands().get(1) instanceof SqlNumericLiteral literal && literal.isInteger()) {
            long offset = literal.longValue(true);
            if (offset >= 0 && offset <= Integer.MAX_VALUE) {
                return offset;
            }
        }
        throw new SqlCodeException(call.operands().get(1).getParserPosition(), "A whole number is needed here");
    }

    private static long halfLife(Aggregates.Call call) {
        if (call.operands().size() == 2 && call.operands().get(1) instanceof SqlIntervalLiteral literal) {
            Intervals.Value value = Intervals.of(literal);
            if (!value.months() && value.amount() > 0) {
                return value.amount();
            }
        }
        throw new SqlCodeException(call.position(), "EXP_AVG needs an interval");
    }

    private String defaultColumn(Aggregates.Call call, Type type, Projection before) {
        if (call.operands().size() < 3) {
            return "-";
        }
        SqlNode node = call.operands().get(2);
        Expr value = new Casts(functions).cast(expressions.translate(node), type, node.getParserPosition());
        Expr typed = Expr.call("CAST(" + value.text() + " AS " + type.flink() + ")", type, value);
        return before.addOrFind("__d", typed).text().replace("`", "");
    }

    private static String frame(SqlWindow window) {
        SqlNode upper = window.getUpperBound();
        if (upper != null && !SqlWindow.isCurrentRow(upper)) {
            throw new SqlCodeException(upper.getParserPosition(), "A window must end with the current row");
        }
        String kind = window.isRows() ? "ROWS" : "RANGE";
        SqlNode lower = window.getLowerBound();
        if (lower == null || SqlWindow.isUnboundedPreceding(lower)) {
            return kind + " -1";
        }
        if (SqlWindow.isCurrentRow(lower)) {
            return kind + " 0";
        }
        return kind + " " + preceding(lower, window.isRows());
    }

    /** Rows or milliseconds of {@code n PRECEDING}. */
    static long preceding(SqlNode bound, boolean rows) {
        if (bound.getKind() == SqlKind.PRECEDING && bound instanceof SqlCall call) {
            SqlNode size = call.operand(0);
            if (rows && size instanceof SqlNumericLiteral literal && literal.isInteger()) {
                return literal.longValue(true);
            }
            if (!rows && size instanceof SqlIntervalLiteral literal) {
                Intervals.Value value = Intervals.of(literal);
                if (!value.months() && value.amount() >= 0) {
                    return value.amount();
                }
            }
        }
        throw new SqlCodeException(
                bound.getParserPosition(),
                rows ? "A number of rows PRECEDING is needed here" : "An interval PRECEDING is needed here");
    }
}
