package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Translates the queries of one pump. */
final class Queries {
    private final Limits limits;
    private final Functions functions;
    private final Script script;
    private final Tables tables;
    private final String pump;
    private final String label;
    private final TimeFunctions times;
    private final Froms froms;
    private final Ordering ordering;
    private final GroupedQueries groups;

    /** Finds the table that a name means. */
    interface Tables {
        Relation table(SqlIdentifier name);
    }

    /**
     * @param pump for the error stream
     * @param label what views are named after
     */
    Queries(Limits limits, Functions functions, Script script, Tables tables, String pump, String label) {
        this.limits = limits;
        this.functions = functions;
        this.script = script;
        this.tables = tables;
        this.pump = pump;
        this.label = label;
        this.times = new TimeFunctions(functions, script, label);
        this.froms = new Froms(this, functions, script, times, pump, label);
        this.ordering = new Ordering(script, times, pump);
        this.groups = new GroupedQueries(this, limits, functions, script, times, ordering, pump, label);
    }

    Relation table(SqlIdentifier name) {
        return tables.table(name);
    }

    Expressions expressions(Scope scope) {
        return new Expressions(limits, functions, scope::resolve, node -> null);
    }

    Relation query(SqlNode node) {
        return switch (node) {
            case SqlOrderBy order -> ordered(order);
            case SqlSelect select -> select(select, SqlNodeList.EMPTY);
            case SqlBasicCall call when call.getKind() == SqlKind.UNION -> union(call);
            default ->
                throw new SqlCodeException(
                        node.getParserPosition(), "A SELECT or a UNION ALL is needed here, not " + node.getKind());
        };
    }

    private Relation ordered(SqlOrderBy order) {
        if (order.offset != null || order.fetch != null) {
            throw new SqlCodeException(order.getParserPosition(), "OFFSET and FETCH are not supported");
        }
        if (!(order.query instanceof SqlSelect select)) {
            throw new SqlCodeException(order.getParserPosition(), "ORDER BY is supported behind a SELECT only");
        }
        return select(select, order.orderList);
    }

    private Relation union(SqlBasicCall call) {
        if (!((SqlSetOperator) call.getOperator()).isAll()) {
            throw new SqlCodeException(call.getParserPosition(), "UNION is not supported on streams, UNION ALL is");
        }
        List<Relation> parts = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            parts.add(query(operand));
        }
        return unionAll(parts, call.getParserPosition());
    }

    /** All rows of relations of the same columns; the first gives the columns' names and types. */
    Relation unionAll(List<Relation> parts, SqlParserPos position) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Relation first = parts.getFirst();
        boolean sameTime = parts.stream().allMatch(p -> p.offset() == first.offset());
        List<String> selects = new ArrayList<>();
        for (Relation part : parts) {
            if (part.columns().size() != first.columns().size()) {
                throw new SqlCodeException(
                        position,
                        "The queries have %d and %d columns"
                                .formatted(
                                        first.columns().size(), part.columns().size()));
            }
            Relation aligned = sameTime ? part : times.aligned(part);
            selects.add(positional(aligned, first, position));
        }
        List<Relation.Column> columns = first.columns().stream()
                .map(c -> new Relation.Column(c.name(), c.flinkName(), c.type(), false))
                .toList();
        return Relation.ofQuery(String.join("\nUNION ALL\n", selects), columns, sameTime ? first.offset() : 0);
    }

    private String positional(Relation part, Relation first, SqlParserPos position) {
        if (part.sql() != null && part.system().isEmpty() && sameColumns(part, first)) {
            return String.valueOf(part.sql());
        }
        Projection projection = new Projection(part, script, pump);
        Casts casts = new Casts(functions);
        for (int i = 0; i < part.columns().size(); i++) {
            Relation.Column target = first.columns().get(i);
            Relation.Column column = part.columns().get(i);
            Expr value = Expr.atom(column.quoted(), column.type());
            projection.add(target.flinkName(), casts.cast(value, target.type(), position));
        }
        return String.valueOf(projection.build().sql());
    }

    private static boolean sameColumns(Relation part, Relation first) {
        for (int i = 0; i < part.columns().size(); i++) {
            if (!part.columns().get(i).flinkName().equals(first.columns().get(i).flinkName())
                    || !part.columns()
                            .get(i)
                            .type()
                            .equals(first.columns().get(i).type())) {
                return false;
            }
        }
        return true;
    }

    /** One element of a select list. */
    private record Item(String name, SqlNode node) {}

    private Relation select(SqlSelect select, SqlNodeList orderBy) {
        SqlNode from = select.getFrom();
        if (from == null) {
            throw new SqlCodeException(select.getParserPosition(), "A SELECT needs a FROM");
        }
        if (select.getQualify() != null) {
            throw new SqlCodeException(select.getQualify().getParserPosition(), "QUALIFY is not supported");
        }
        Mentions mentions = new Mentions(select, orderBy);
        Froms.Result source = froms.from(from, select.getWhere(), mentions);
        Scope scope = source.scope();
        SqlNodeList groupBy = select.getGroup();
        boolean grouped =
                groupBy != null || Aggregates.anyIn(select.getSelectList()) || Aggregates.anyIn(select.getHaving());
        if (scope.relation().reference()) {
            throw new SqlCodeException(from.getParserPosition(), "A reference table can be joined with a stream only");
        }
        if (grouped) {
            return groups.query(select, groupBy, source, orderBy);
        }
        if (select.getHaving() != null) {
            throw new SqlCodeException(select.getHaving().getParserPosition(), "HAVING needs GROUP BY");
        }
        List<SqlCall> overs = new ArrayList<>();
        collectOvers(select.getSelectList(), overs);
        collectOvers(orderBy, overs);
        return overs.isEmpty()
                ? project(select, scope, source.conditions(), expressions(scope), orderBy)
                : windowed(select, source, mentions, overs, orderBy);
    }

    // Without aggregates

    private Relation project(
            SqlSelect select, Scope scope, List<SqlNode> conditions, Expressions expressions, SqlNodeList orderBy) {
        Projection projection = new Projection(scope.relation(), script, pump);
        conditions.forEach(c -> projection.where(expressions.condition(c)));
        int visible = addItems(select, scope, expressions, projection);
        Ordering.Batch batch = orderBy.isEmpty() ? null : ordering.batch(orderBy, expressions, projection, false);
        Relation result = finished(projection.build(), visible);
        if (select.isDistinct()) {
            result = distinct(select, result, expressions);
        }
        return batch == null ? result : ordering.sorted(result, visible, batch);
    }

    static Relation finished(Relation relation, int visible) {
        return new Relation(
                relation.view(),
                relation.sql(),
                relation.columns().subList(0, visible),
                relation.columns().subList(visible, relation.columns().size()),
                relation.offset(),
                false);
    }

    int addItems(SqlSelect select, Scope scope, Expressions expressions, Projection projection) {
        int count = 0;
        for (SqlNode node : select.getSelectList()) {
            if (node instanceof SqlIdentifier star && star.isStar()) {
                String alias = star.names.size() > 1 ? star.names.get(star.names.size() - 2) : null;
                for (Scope.Entry entry : scope.star(alias, star.getParserPosition())) {
                    Relation.Column c = entry.column();
                    projection.add(c.name(), new Expr(c.quoted(), c.type(), true, c.rowtime(), List.of()));
                    count++;
                }
                continue;
            }
            Item item = item(node, count);
            Expr value = expressions.translate(item.node());
            if (item.name().equals(Scope.ROWTIME) && isAliased(node)) {
                if (!value.rowtime()) {
                    throw new SqlCodeException(
                            node.getParserPosition(), "ROWTIME can be given no other value than a ROWTIME");
                }
                continue;
            }
            projection.add(item.name(), value);
            count++;
        }
        if (count == 0) {
            throw new SqlCodeException(select.getParserPosition(), "The SELECT has no columns");
        }
        return count;
    }

    private static boolean isAliased(SqlNode node) {
        return node.getKind() == SqlKind.AS;
    }

    private static Item item(SqlNode node, int index) {
        if (node instanceof SqlCall call && node.getKind() == SqlKind.AS) {
            return new Item(((SqlIdentifier) call.operand(1)).getSimple(), call.operand(0));
        }
        if (node instanceof SqlIdentifier name) {
            return new Item(name.names.getLast(), node);
        }
        // Not EXPR$0, …: Calcite gives these names to queries without one.
        return new Item("__x" + (index + 1), node);
    }

    // DISTINCT

    private Relation distinct(SqlSelect select, Relation relation, Expressions expressions) {
        long size = Long.MAX_VALUE;
        for (SqlNode node : select.getSelectList()) {
            SqlNode value = item(node, 0).node();
            WindowKey key = value instanceof SqlIdentifier ? null : WindowKey.of(value, expressions);
            if (key != null) {
                size = Math.min(size, key.size());
            }
        }
        if (size == Long.MAX_VALUE) {
            throw new SqlCodeException(
                    select.getParserPosition(),
                    "SELECT DISTINCT needs an expression of ROWTIME that never falls, such as STEP(s.ROWTIME BY"
                            + " INTERVAL '5' SECOND)");
        }
        return times.distinct(relation, size);
    }

    // Windows over rows

    private static void collectOvers(@Nullable SqlNode node, List<SqlCall> overs) {
        switch (node) {
            case SqlCall call when call.getKind() == SqlKind.OVER -> overs.add(call);
            case SqlCall call
            when call.getKind() != SqlKind.SELECT -> call.getOperandList().forEach(o -> collectOvers(o, overs));
            case SqlNodeList list -> list.forEach(o -> collectOvers(o, overs));
            case null, default -> {}
        }
    }

    private Relation windowed(
            SqlSelect select, Froms.Result source, Mentions mentions, List<SqlCall> overs, SqlNodeList orderBy) {
        Scope scope =
                new Scope(source.scope().relation(), mentions.of(source.scope().entries()));
        Windows windows = new Windows(select.getWindowList(), expressions(scope), script, times, pump, functions);
        Windows.Result result = windows.apply(scope, source.conditions(), overs);
        Expressions expressions = new Expressions(
                limits,
                functions,
                result.scope()::resolve,
                node -> result.values().get(node));
        return project(select, result.scope(), List.of(), expressions, orderBy);
    }
}
