package io.riacho.kdasql;

import io.riacho.kdasql.Froms.Part;
import io.riacho.kdasql.Froms.Side;
import io.riacho.kdasql.JoinSides.Of;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Joins of streams with each other: of windows, or of rows of equal time. */
final class StreamJoins {
    private final Queries queries;
    private final Functions functions;
    private final Script script;
    private final TimeFunctions times;
    private final String pump;

    StreamJoins(Queries queries, Functions functions, Script script, TimeFunctions times, String pump) {
        this.queries = queries;
        this.functions = functions;
        this.script = script;
        this.times = times;
        this.pump = pump;
    }

    Side join(Side left, Side right, JoinType type, List<SqlNode> conditions, SqlParserPos position) {
        boolean inner = type == JoinType.INNER || type == JoinType.COMMA || type == JoinType.CROSS;
        boolean several = left.joined() || right.joined();
        if (several && (!inner || left.outer() || right.outer())) {
            throw new SqlCodeException(
                    position,
                    "An outer join of more than two streams is not supported; join two in a stream of their own");
        }
        Relation l = left.scope().relation();
        Relation r = right.scope().relation();
        if (l.offset() != r.offset()) {
            l = times.aligned(l);
            r = times.aligned(r);
        }
        Scope leftScope = left.scope().on(l);
        Scope rightScope = right.scope().on(r);
        Expressions ofLeft = queries.expressions(leftScope);
        Expressions ofRight = queries.expressions(rightScope);
        JoinNames names = new JoinNames(left, right);
        List<Scope.Entry> leftEntries = names.renamed(left);
        List<Scope.Entry> rightEntries = names.renamed(right);
        Projection leftRows = new Projection(l, script, pump);
        Projection rightRows = new Projection(r, script, pump);
        leftRows.addAs(new Relation.Column("__side", Type.VARCHAR), Expr.atom("'l'", Type.VARCHAR));
        rightRows.addAs(new Relation.Column("__side", Type.VARCHAR), Expr.atom("'r'", Type.VARCHAR));
        Keys keys = keys(conditions, left, right, ofLeft, ofRight, !inner);
        leftRows.addAs(new Relation.Column("__key", Type.VARCHAR), keys.left());
        rightRows.addAs(new Relation.Column("__key", Type.VARCHAR), keys.right());
        List<Relation.Column> ofLeftSide = columns(left, leftScope, leftEntries);
        List<Relation.Column> ofRightSide = columns(right, rightScope, rightEntries);
        fill(leftRows, left, leftScope, ofLeftSide);
        empty(leftRows, ofRightSide);
        empty(rightRows, ofLeftSide);
        fill(rightRows, right, rightScope, ofRightSide);
        List<Scope.Entry> entries = entries(left, leftEntries, ofLeftSide);
        entries.addAll(entries(right, rightEntries, ofRightSide));

        List<SqlNode> rest = keys.rest();
        if (!inner && !rest.isEmpty()) {
            throw new SqlCodeException(
                    rest.getFirst().getParserPosition(),
                    "An outer join of streams can compare a column of the one with a column of the other with = only");
        }
        boolean unwindowed = !left.over() && !right.over();
        String kind = inner ? unwindowed ? "CURRENT" : "INNER" : type.name();
        Relation united = Relation.ofQuery(
                leftRows.build().sql() + "\nUNION ALL\n" + rightRows.build().sql(),
                entries.stream().map(Scope.Entry::column).toList(),
                l.offset());
        Relation joined = times.call(
                "KDA_JOIN_UNITED",
                united,
                keys.none() ? null : "`__key`",
                "left_columns => %s, right_columns => %s, kind => '%s', left_size => %d, right_size => %d"
                        .formatted(list(ofLeftSide), list(ofRightSide), kind, left.window(), right.window()),
                united.columns(),
                l.offset());
        Scope scope = new Scope(joined, entries);
        List<Part> parts = new ArrayList<>(left.parts());
        parts.addAll(right.parts());
        boolean lived = several && !unwindowed;
        if (rest.isEmpty() && !lived) {
            return new Side(scope, parts, !inner);
        }
        Projection filtered = new Projection(joined, script, pump);
        joined.columns().forEach(filtered::keep);
        Expressions over = queries.expressions(scope);
        rest.forEach(c -> filtered.where(over.condition(c)));
        if (lived) {
            left.parts()
                    .forEach(a -> right.parts().forEach(b -> {
                        filtered.where(lives(a, b, scope));
                        filtered.where(lives(b, a, scope));
                    }));
        }
        return new Side(scope.on(filtered.build()), parts, !inner);
    }

    /** That a row of the one stream is not later than the other one's row stays in its window: a pair of rows lives as long as the one that leaves first. */
    private static Expr lives(Part row, Part later, Scope scope) {
        return Expr.operation(
                "%s <= %s + %s".formatted(rowtime(later, scope), rowtime(row, scope), Text.interval(row.window())),
                Type.BOOLEAN);
    }

    private static String rowtime(Part part, Scope scope) {
        return scope.entries().stream()
                .filter(e -> e.isRowtime() && e.alias().equals(part.alias()))
                .findFirst()
                .orElseThrow()
                .column()
                .quoted();
    }

    /**
     * What both sides are partitioned by.
     *
     * @param none whether there is no equality, so that all rows meet
     * @param rest conditions that are no equalities of the sides
     */
    private record Keys(Expr left, Expr right, boolean none, List<SqlNode> rest) {}

    private Keys keys(
            List<SqlNode> conditions, Side left, Side right, Expressions ofLeft, Expressions ofRight, boolean outer) {
        Casts casts = new Casts(functions);
        List<Expr> lefts = new ArrayList<>();
        List<Expr> rights = new ArrayList<>();
        List<Expr> leftOnly = new ArrayList<>();
        List<Expr> rightOnly = new ArrayList<>();
        List<SqlNode> rest = new ArrayList<>();
        for (SqlNode condition : conditions) {
            SqlNode[] pair = pair(condition, left, right);
            Set<Of> sides = JoinSides.of(condition, left, right);
            // A row of an outer join that one of these leaves out meets none, but is not lost.
            if (outer && sides.equals(Set.of(Of.LEFT))) {
                leftOnly.add(ofLeft.condition(condition));
                continue;
            }
            if (outer && sides.equals(Set.of(Of.RIGHT))) {
                rightOnly.add(ofRight.condition(condition));
                continue;
            }
            if (pair == null) {
                rest.add(condition);
                continue;
            }
            Expr a = ofLeft.translate(pair[0]);
            Expr b = ofRight.translate(pair[1]);
            if (!left.over() && !right.over() && a.rowtime() && b.rowtime()) {
                continue;
            }
            Type common = a.type().common(b.type());
            lefts.add(casts.cast(a, common, condition.getParserPosition()));
            rights.add(casts.cast(b, common, condition.getParserPosition()));
        }
        boolean none = lefts.isEmpty() && leftOnly.isEmpty() && rightOnly.isEmpty();
        return new Keys(key(lefts, leftOnly), key(rights, rightOnly), none, rest);
    }

    /** NULL where one part is, since NULL equals nothing, and where a condition does not hold. */
    private static Expr key(List<Expr> parts, List<Expr> conditions) {
        Expr key = parts.size() == 1 ? parts.getFirst() : Expr.atom("1", Type.INTEGER);
        List<String> needed = new ArrayList<>();
        if (parts.size() > 1) {
            parts.forEach(p -> needed.add(p.operand() + " IS NOT NULL"));
            String row = TimeFunctions.key(parts.stream().map(Expr::text).toList());
            key = Expr.call(row, Type.row(List.of()), parts);
        }
        conditions.forEach(c -> needed.add(c.operand()));
        if (needed.isEmpty()) {
            return key;
        }
        List<Expr> all = new ArrayList<>(parts);
        all.addAll(conditions);
        return Expr.call("CASE WHEN " + String.join(" AND ", needed) + " THEN " + key.text() + " END", key.type(), all);
    }

    private static String list(List<Relation.Column> columns) {
        return Text.literal(columns.stream().map(Relation.Column::flinkName).collect(Collectors.joining(";")));
    }

    /** The columns of one side under their new names, and last its ROWTIME; those of a join's own streams are columns of it already. */
    private static List<Relation.Column> columns(Side side, Scope scope, List<Scope.Entry> renamed) {
        List<Relation.Column> columns = new ArrayList<>();
        for (Scope.Entry entry : renamed) {
            Relation.Column c = entry.column();
            columns.add(new Relation.Column(c.name(), c.flinkName(), c.type(), false));
        }
        if (side.joined()) {
            return columns;
        }
        String alias = side.parts().getFirst().alias();
        columns.add(new Relation.Column(
                Scope.ROWTIME, alias.replace(';', '_') + "." + Scope.ROWTIME, Type.TIMESTAMP, false));
        return columns;
    }

    private static void fill(Projection rows, Side side, Scope scope, List<Relation.Column> columns) {
        List<Scope.Entry> sources = side.scope().entries();
        for (int i = 0; i < sources.size(); i++) {
            Relation.Column source = sources.get(i).column();
            rows.addAs(columns.get(i), Expr.atom(source.quoted(), source.type()));
        }
        if (!side.joined()) {
            rows.addAs(columns.getLast(), Expr.atom(scope.relation().rowtime(), Type.TIMESTAMP));
        }
    }

    private static void empty(Projection rows, List<Relation.Column> columns) {
        for (Relation.Column column : columns) {
            rows.addAs(column, Expr.atom("CAST(NULL AS " + column.type().flink() + ")", column.type()));
        }
    }

    private static List<Scope.Entry> entries(Side side, List<Scope.Entry> renamed, List<Relation.Column> columns) {
        List<Scope.Entry> entries = new ArrayList<>();
        for (int i = 0; i < renamed.size(); i++) {
            entries.add(new Scope.Entry(
                    renamed.get(i).alias(), columns.get(i), renamed.get(i).system()));
        }
        if (!side.joined()) {
            entries.add(new Scope.Entry(side.parts().getFirst().alias(), columns.getLast(), true));
        }
        return entries;
    }

    /** Left and right of an equality of the two sides, or null. */
    private static SqlNode @Nullable [] pair(SqlNode condition, Side left, Side right) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return null;
        }
        SqlNode a = ((SqlCall) condition).operand(0);
        SqlNode b = ((SqlCall) condition).operand(1);
        Set<Of> ofA = JoinSides.of(a, left, right);
        Set<Of> ofB = JoinSides.of(b, left, right);
        if (ofA.equals(Set.of(Of.LEFT)) && ofB.equals(Set.of(Of.RIGHT))) {
            return new SqlNode[] {a, b};
        }
        if (ofA.equals(Set.of(Of.RIGHT)) && ofB.equals(Set.of(Of.LEFT))) {
            return new SqlNode[] {b, a};
        }
        return null;
    }
}
