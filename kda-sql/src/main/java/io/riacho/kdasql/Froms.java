package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Translates FROM clauses: streams, queries, table functions and their joins. */
final class Froms {
    private final Queries queries;
    private final TableFunctions tableFunctions;
    private final Joins joins;

    Froms(Queries queries, Functions functions, Script script, TimeFunctions times, String pump, String label) {
        this.queries = queries;
        this.tableFunctions = new TableFunctions(queries, times);
        this.joins = new Joins(queries, functions, script, times, pump);
    }

    /**
     * @param conditions of the WHERE that are left
     */
    record Result(Scope scope, List<SqlNode> conditions) {}

    /**
     * A side of a join.
     *
     * @param parts the stream, or those of which it is a join itself
     * @param outer whether it is a join of streams that keeps rows which met none
     */
    record Side(Scope scope, List<Part> parts, boolean outer) {
        boolean joined() {
            return parts.size() > 1;
        }

        boolean over() {
            return parts.stream().anyMatch(Part::over);
        }

        /** Milliseconds for which a row can be joined at most; 0 without OVER. */
        long window() {
            return parts.stream().mapToLong(Part::window).min().orElse(0);
        }
    }

    /**
     * A stream of a join.
     *
     * @param window milliseconds for which a row can be joined; 0 without OVER
     */
    record Part(String alias, long window, boolean over) {}

    Result from(SqlNode from, @Nullable SqlNode where, Mentions mentions) {
        List<SqlNode> conditions = new ArrayList<>();
        conjuncts(where, conditions);
        Side side = side(from, conditions, mentions);
        if (side.over() && !side.joined()) {
            throw new SqlCodeException(from.getParserPosition(), "OVER behind a stream is for joins");
        }
        return new Result(side.scope(), conditions);
    }

    static void conjuncts(@Nullable SqlNode condition, List<SqlNode> into) {
        if (condition instanceof SqlCall call && call.getKind() == SqlKind.AND) {
            call.getOperandList().forEach(o -> conjuncts(o, into));
        } else if (condition != null) {
            into.add(condition);
        }
    }

    private Side side(SqlNode node, List<SqlNode> where, Mentions mentions) {
        if (node instanceof SqlJoin join) {
            return join(join, where, mentions);
        }
        if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            SqlIdentifier alias = as.operand(1);
            List<SqlIdentifier> names = new ArrayList<>();
            as.getOperandList().subList(2, as.operandCount()).forEach(n -> names.add((SqlIdentifier) n));
            return table(as.operand(0), alias.getSimple(), names);
        }
        return table(node, null, List.of());
    }

    private Side table(SqlNode node, @Nullable String alias, List<SqlIdentifier> names) {
        if (node.getKind() == SqlKind.OVER) {
            SqlCall over = (SqlCall) node;
            Side side = table(over.operand(0), alias, names);
            Part part = new Part(side.parts().getFirst().alias(), window(over.operand(1)), true);
            return new Side(side.scope(), List.of(part), false);
        }
        Relation relation = switch (node) {
            case SqlIdentifier name -> queries.table(name);
            case SqlCall call when call.getKind() == SqlKind.COLLECTION_TABLE -> tableFunctions.call(call.operand(0));
            case SqlCall call
            when call.getKind() == SqlKind.SELECT
                    || call.getKind() == SqlKind.UNION
                    || call.getKind() == SqlKind.ORDER_BY -> queries.query(call);
            default ->
                throw new SqlCodeException(
                        node.getParserPosition(), "A stream, a query or a TABLE(function) is needed here");
        };
        String name = alias != null ? alias : node instanceof SqlIdentifier id ? id.names.getLast() : "";
        return new Side(Scope.of(renamed(relation, names), name), List.of(new Part(name, 0, false)), false);
    }

    private static Relation renamed(Relation relation, List<SqlIdentifier> names) {
        if (names.isEmpty()) {
            return relation;
        }
        if (names.size() != relation.columns().size()) {
            throw new SqlCodeException(
                    names.getFirst().getParserPosition(),
                    "The query has %d columns, the list %d"
                            .formatted(relation.columns().size(), names.size()));
        }
        List<Relation.Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Relation.Column c = relation.columns().get(i);
            columns.add(new Relation.Column(names.get(i).getSimple(), c.flinkName(), c.type(), c.rowtime()));
        }
        return new Relation(
                relation.view(), relation.sql(), columns, relation.system(), relation.offset(), relation.reference());
    }

    private static long window(SqlNode node) {
        if (!(node instanceof SqlWindow window)
                || window.isRows()
                || window.getPartitionList() != null
                        && !window.getPartitionList().isEmpty()
                || window.getLowerBound() == null
                || window.getUpperBound() != null && !SqlWindow.isCurrentRow(window.getUpperBound())) {
            throw new SqlCodeException(
                    node.getParserPosition(),
                    "A window of a join must be of the form (RANGE INTERVAL '1' MINUTE PRECEDING)");
        }
        return Windows.preceding(window.getLowerBound(), false);
    }

    // Joins

    private Side join(SqlJoin join, List<SqlNode> where, Mentions mentions) {
        if (join.isNatural()) {
            throw new SqlCodeException(join.getParserPosition(), "NATURAL JOIN is not supported");
        }
        Side left = side(join.getLeft(), where, mentions);
        Side right = side(join.getRight(), where, mentions);
        Set<String> aliases = new HashSet<>();
        left.scope().entries().forEach(e -> aliases.add(e.alias()));
        if (right.scope().entries().stream().anyMatch(e -> aliases.contains(e.alias()))) {
            throw new SqlCodeException(
                    join.getRight().getParserPosition(), "Both sides of the join have one name; give them aliases");
        }
        JoinType type = join.getJoinType();
        List<SqlNode> conditions = new ArrayList<>();
        if (join.getConditionType() == JoinConditionType.USING) {
            using(join, left, right, conditions);
        } else {
            conjuncts(join.getCondition(), conditions);
        }
        if (type == JoinType.COMMA || type == JoinType.CROSS) {
            // The conditions of a comma join stand in WHERE.
            joins.takeConditions(left, right, where, conditions);
        }
        return joins.join(join, needed(left, mentions), needed(right, mentions), conditions);
    }

    private static Side needed(Side side, Mentions mentions) {
        List<Scope.Entry> all = side.scope().entries();
        List<Scope.Entry> mentioned = mentions.of(all);
        // The windows of a join's own streams are looked at once more.
        List<Scope.Entry> needed = all.stream()
                .filter(e -> mentioned.contains(e) || side.joined() && e.isRowtime())
                .toList();
        return new Side(new Scope(side.scope().relation(), needed), side.parts(), side.outer());
    }

    private static void using(SqlJoin join, Side left, Side right, List<SqlNode> conditions) {
        for (SqlNode node : (SqlNodeList) java.util.Objects.requireNonNull(join.getCondition())) {
            String name = ((SqlIdentifier) node).getSimple();
            SqlParserPos position = node.getParserPosition();
            conditions.add(SqlStdOperatorTable.EQUALS.createCall(
                    position, column(left, name, position), column(right, name, position)));
        }
    }

    private static SqlIdentifier column(Side side, String name, SqlParserPos position) {
        return side.scope().entries().stream()
                .filter(e -> e.column().name().equals(name))
                .findFirst()
                .map(e -> new SqlIdentifier(List.of(e.alias(), name), position))
                .orElseThrow(() -> new SqlCodeException(position, "There is no column " + name));
    }
}
