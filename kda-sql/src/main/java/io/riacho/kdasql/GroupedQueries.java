package io.riacho.kdasql;

import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Translates queries with GROUP BY or WINDOWED BY STAGGER. */
final class GroupedQueries {
    private final Queries queries;
    private final Limits limits;
    private final Functions functions;
    private final Script script;
    private final TimeFunctions times;
    private final Ordering ordering;
    private final String pump;
    private final String label;

    GroupedQueries(
            Queries queries,
            Limits limits,
            Functions functions,
            Script script,
            TimeFunctions times,
            Ordering ordering,
            String pump,
            String label) {
        this.queries = queries;
        this.limits = limits;
        this.functions = functions;
        this.script = script;
        this.times = times;
        this.ordering = ordering;
        this.pump = pump;
        this.label = label;
    }

    Relation query(SqlSelect select, @Nullable SqlNodeList groupBy, Froms.Result source, SqlNodeList orderBy) {
        if (groupBy == null) {
            throw new SqlCodeException(
                    select.getParserPosition(),
                    "An aggregate of a stream needs GROUP BY with a window, such as STEP(s.ROWTIME BY INTERVAL '60'"
                            + " SECOND)");
        }
        if (select.isDistinct()) {
            throw new SqlCodeException(select.getParserPosition(), "DISTINCT is not supported together with GROUP BY");
        }
        boolean stagger = Grouping.isStagger(groupBy);
        Relation base = stagger
                ? source.scope().relation()
                : times.aligned(source.scope().relation());
        Scope scope = source.scope().on(base);
        Expressions inner = queries.expressions(scope);
        Grouping grouping = new Grouping(groupBy, inner);
        Projection before = new Projection(base, script, pump);
        source.conditions().forEach(c -> before.where(inner.condition(c)));
        grouping.keys().forEach(k -> k.column(before.addOrFind("__k", k.value())));
        IdentityHashMap<SqlNode, Aggregates.Call> calls = new IdentityHashMap<>();
        collectAggregates(select.getSelectList(), calls);
        collectAggregates(select.getHaving(), calls);
        collectAggregates(orderBy, calls);
        Aggregation aggregation = new Aggregation(functions, times);
        calls.values().stream()
                .sorted((a, b) -> position(a) - position(b))
                .forEach(c -> aggregation.add(c, argument(c, inner, before)));
        boolean asItIs = before.isIdentity() && base.view() != null;
        Relation prepared =
                asItIs ? before.build().inView(String.valueOf(base.view())) : script.inView(before.build(), label);
        Relation groups = stagger
                ? aggregation.staggered(prepared, grouping)
                : grouping.changing()
                        ? aggregation.changing(prepared, grouping)
                        : aggregation.tumbling(prepared, grouping);
        Expressions outer = new Expressions(
                limits,
                functions,
                name -> groupColumn(name, scope),
                node -> ofGroup(node, grouping, groups, aggregation, calls, inner));
        Projection after = new Projection(groups, script, pump);
        if (select.getHaving() != null) {
            after.where(outer.condition(select.getHaving()));
        }
        int visible = queries.addItems(select, scope, outer, after);
        Ordering.Batch batch = orderBy.isEmpty() ? null : groupBatch(orderBy, grouping, inner, outer, after);
        Relation result = Queries.finished(after.build(), visible);
        return batch == null ? result : ordering.sorted(result, visible, batch);
    }

    private static int position(Aggregates.Call call) {
        return call.position().getLineNum() * 100_000 + call.position().getColumnNum();
    }

    private @Nullable Expr argument(Aggregates.Call call, Expressions inner, Projection before) {
        if (call.operands().isEmpty()) {
            return null;
        }
        Expr value = inner.translate(call.operands().getFirst());
        Aggregates.type(call, value.type());
        return before.addOrFind("__a", value);
    }

    private static void collectAggregates(@Nullable SqlNode node, Map<SqlNode, Aggregates.Call> calls) {
        if (node == null || node.getKind() == SqlKind.SELECT) {
            return;
        }
        Aggregates.Call call = Aggregates.call(node);
        if (call != null) {
            calls.put(node, call);
            return;
        }
        switch (node) {
            case SqlCall parent -> parent.getOperandList().forEach(o -> collectAggregates(o, calls));
            case SqlNodeList list -> list.forEach(o -> collectAggregates(o, calls));
            default -> {}
        }
    }

    private @Nullable Expr ofGroup(
            SqlNode node,
            Grouping grouping,
            Relation groups,
            Aggregation aggregation,
            Map<SqlNode, Aggregates.Call> calls,
            Expressions inner) {
        Aggregates.Call call = calls.get(node);
        if (call != null) {
            return aggregation.value(call);
        }
        if (node instanceof SqlLiteral || Aggregates.anyIn(node)) {
            return null;
        }
        if (node instanceof SqlIdentifier name && name.names.getLast().equals(Scope.ROWTIME)) {
            return Expr.rowtime(groups.rowtime());
        }
        if (!(node instanceof SqlCall || node instanceof SqlIdentifier)) {
            return null;
        }
        Expr windowValue = grouping.windowValue(node, inner, functions);
        if (windowValue != null) {
            return windowValue;
        }
        String text = grouping.textOf(node, inner);
        return grouping.keys().stream()
                .filter(k -> k.value().text().equals(text))
                .findFirst()
                .map(k -> k.column())
                .orElse(null);
    }

    private static Expr groupColumn(SqlIdentifier name, Scope scope) {
        scope.resolve(name);
        throw new SqlCodeException(
                name.getParserPosition(), "The column " + name.names.getLast() + " is not in the GROUP BY");
    }

    private Ordering.@Nullable Batch groupBatch(
            SqlNodeList orderBy, Grouping grouping, Expressions inner, Expressions outer, Projection after) {
        SqlNode first = orderBy.get(0);
        boolean byWindow = !grouping.staggered()
                && !grouping.changing()
                && (first instanceof SqlCall || first instanceof SqlIdentifier)
                && WindowKey.of(first, inner) != null;
        if (!byWindow) {
            throw new SqlCodeException(
                    first.getParserPosition(), "ORDER BY must begin with the window of the GROUP BY");
        }
        return ordering.batch(orderBy, outer, after, true);
    }
}
