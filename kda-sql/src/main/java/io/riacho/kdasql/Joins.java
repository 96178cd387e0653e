package io.riacho.kdasql;

import io.riacho.kdasql.Froms.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Joins of streams with each other, in windows, and with reference tables, by lookup. */
final class Joins {
    private final Queries queries;
    private final Functions functions;
    private final Script script;
    private final TimeFunctions times;
    private final String pump;

    Joins(Queries queries, Functions functions, Script script, TimeFunctions times, String pump) {
        this.queries = queries;
        this.functions = functions;
        this.script = script;
        this.times = times;
        this.pump = pump;
    }

    private enum Of {
        LEFT,
        RIGHT
    }

    /** Moves what compares both sides from the WHERE to the conditions of their join. */
    void takeConditions(Side left, Side right, List<SqlNode> where, List<SqlNode> conditions) {
        for (SqlNode condition : List.copyOf(where)) {
            if (condition.getKind() == SqlKind.EQUALS
                    && sides(condition, left, right).size() == 2) {
                where.remove(condition);
                conditions.add(condition);
            }
        }
    }

    Side join(SqlJoin join, Side left, Side right, List<SqlNode> conditions) {
        boolean leftIsTable = left.scope().relation().reference();
        boolean rightIsTable = right.scope().relation().reference();
        SqlParserPos position = join.getRight().getParserPosition();
        JoinType type = join.getJoinType();
        if (leftIsTable && rightIsTable) {
            throw new SqlCodeException(position, "Two reference tables cannot be joined");
        }
        if (rightIsTable && (type == JoinType.RIGHT || type == JoinType.FULL)
                || leftIsTable && (type == JoinType.LEFT || type == JoinType.FULL)) {
            throw new SqlCodeException(position, "All rows of a reference table cannot be joined with a stream");
        }
        if (rightIsTable) {
            return lookup(left, right, type == JoinType.LEFT, conditions, position, false);
        }
        if (leftIsTable) {
            return lookup(right, left, type == JoinType.RIGHT, conditions, position, true);
        }
        return streams(left, right, type, conditions, position);
    }

    /** Which sides a condition names. */
    private static Set<Of> sides(SqlNode node, Side left, Side right) {
        Set<Of> sides = EnumSet.noneOf(Of.class);
        collect(node, left, right, sides);
        return sides;
    }

    private static void collect(@Nullable SqlNode node, Side left, Side right, Set<Of> sides) {
        switch (node) {
            case SqlIdentifier name -> {
                if (knows(left, name)) {
                    sides.add(Of.LEFT);
                }
                if (knows(right, name)) {
                    sides.add(Of.RIGHT);
                }
            }
            case SqlCall call -> call.getOperandList().forEach(o -> collect(o, left, right, sides));
            case SqlNodeList list -> list.forEach(o -> collect(o, left, right, sides));
            case null, default -> {}
        }
    }

    private static boolean knows(Side side, SqlIdentifier name) {
        if (name.isStar()) {
            return false;
        }
        List<Scope.Entry> entries = side.scope().entries();
        if (name.isSimple()) {
            return entries.stream().anyMatch(e -> e.column().name().equals(name.getSimple()));
        }
        return name.names.subList(0, name.names.size() - 1).stream()
                .anyMatch(part -> entries.stream().anyMatch(e -> e.alias().equals(part)));
    }

    /** The names of the columns of a join: as they are where one only has it, else with the table's name. */
    private static final class Names {
        private final Set<String> taken = new HashSet<>();
        private final Map<String, Long> counts;

        Names(Side left, Side right) {
            List<Scope.Entry> all = new ArrayList<>(left.scope().entries());
            all.addAll(right.scope().entries());
            counts = all.stream().collect(Collectors.groupingBy(e -> e.column().name(), Collectors.counting()));
        }

        String of(Scope.Entry entry) {
            String name = entry.column().name();
            boolean plain = !entry.system() && counts.getOrDefault(name, 0L) == 1;
            String base = plain ? name : entry.alias() + "." + name;
            base = base.replace(';', '_');
            String free = base;
            for (int i = 1; !taken.add(free); i++) {
                free = base + i;
            }
            return free;
        }
    }

    private static List<Scope.Entry> renamed(Side side, Names names) {
        return side.scope().entries().stream()
                .map(e -> new Scope.Entry(
                        e.alias(),
                        new Relation.Column(
                                e.column().name(),
                                names.of(e),
                                e.column().type(),
                                e.column().rowtime()),
                        e.system()))
                .toList();
    }

    // Reference tables

    private Side lookup(
            Side stream,
            Side table,
            boolean outer,
            List<SqlNode> conditions,
            SqlParserPos position,
            boolean tableFirst) {
        if (stream.over() || table.over()) {
            throw new SqlCodeException(position, "A join with a reference table has no window");
        }
        Expressions both =
                new Expressions(Limits.DEFAULT, functions, name -> prefixed(name, stream, table), node -> null);
        List<String> texts = new ArrayList<>();
        boolean equality = false;
        for (SqlNode condition : conditions) {
            texts.add(both.condition(condition).operand());
            equality |= isEquality(condition, stream, table);
        }
        if (!equality) {
            throw new SqlCodeException(
                    position,
                    "A join with a reference table needs a condition that one of its columns equals one of the stream");
        }
        Names names = new Names(stream, table);
        List<Scope.Entry> streamEntries = renamed(stream, names);
        List<Scope.Entry> tableEntries = renamed(table, names);
        List<String> selected = new ArrayList<>();
        select("`__l`.", stream, streamEntries, selected);
        select("`__r`.", table, tableEntries, selected);
        List<Scope.Entry> entries = new ArrayList<>(tableFirst ? tableEntries : streamEntries);
        entries.addAll(tableFirst ? streamEntries : tableEntries);
        String sql =
                "SELECT %s, `__l`.%s\nFROM (SELECT *, PROCTIME() AS `__pt` FROM %s) AS `__l`\n%sJOIN %s FOR SYSTEM_TIME AS OF `__l`.`__pt` AS `__r`\nON %s"
                        .formatted(
                                String.join(", ", selected),
                                Relation.TIME,
                                stream.scope().relation().from(),
                                outer ? "LEFT " : "",
                                table.scope().relation().view(),
                                String.join(" AND ", texts));
        Relation relation = Relation.ofQuery(
                sql,
                entries.stream().map(Scope.Entry::column).toList(),
                stream.scope().relation().offset());
        return new Side(new Scope(relation, entries), 0, false, stream.joined());
    }

    private static boolean isEquality(SqlNode condition, Side stream, Side table) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return false;
        }
        Set<Of> first = sides(((SqlCall) condition).operand(0), stream, table);
        Set<Of> second = sides(((SqlCall) condition).operand(1), stream, table);
        return first.equals(Set.of(Of.RIGHT)) && !second.contains(Of.RIGHT)
                || second.equals(Set.of(Of.RIGHT)) && !first.contains(Of.RIGHT);
    }

    private static void select(String prefix, Side side, List<Scope.Entry> entries, List<String> into) {
        for (int i = 0; i < entries.size(); i++) {
            into.add(prefix + side.scope().entries().get(i).column().quoted() + " AS "
                    + entries.get(i).column().quoted());
        }
    }

    private static Expr prefixed(SqlIdentifier name, Side stream, Side table) {
        boolean ofStream = knows(stream, name);
        boolean ofTable = knows(table, name);
        if (ofStream && ofTable) {
            throw new SqlCodeException(name.getParserPosition(), "The column " + name + " is ambiguous");
        }
        Expr value = (ofTable ? table : stream).scope().resolve(name);
        String prefix = ofTable ? "`__r`." : "`__l`.";
        String text = value.rowtime() && value.text().startsWith("CAST(")
                ? value.text().replace(Relation.TIME, prefix + Relation.TIME)
                : prefix + value.text();
        return new Expr(text, value.type(), true, value.rowtime(), value.failures());
    }

    // Streams

    private Side streams(Side left, Side right, JoinType type, List<SqlNode> conditions, SqlParserPos position) {
        if (left.joined() || right.joined()) {
            throw new SqlCodeException(
                    position, "A join of more than two streams is not supported; join two in a stream of their own");
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
        Names names = new Names(left, right);
        List<Scope.Entry> leftEntries = renamed(left, names);
        List<Scope.Entry> rightEntries = renamed(right, names);
        Projection leftRows = new Projection(l, script, pump);
        Projection rightRows = new Projection(r, script, pump);
        leftRows.addAs(new Relation.Column("__side", Type.VARCHAR), Expr.atom("'l'", Type.VARCHAR));
        rightRows.addAs(new Relation.Column("__side", Type.VARCHAR), Expr.atom("'r'", Type.VARCHAR));
        Keys keys = keys(conditions, left, right, ofLeft, ofRight);
        leftRows.addAs(new Relation.Column("__key", Type.VARCHAR), keys.left());
        rightRows.addAs(new Relation.Column("__key", Type.VARCHAR), keys.right());
        List<Relation.Column> ofLeftSide = columns(left, leftScope, leftEntries);
        List<Relation.Column> ofRightSide = columns(right, rightScope, rightEntries);
        fill(leftRows, left, leftScope, ofLeftSide);
        empty(leftRows, ofRightSide);
        empty(rightRows, ofLeftSide);
        fill(rightRows, right, rightScope, ofRightSide);
        List<Scope.Entry> entries = entries(leftEntries, ofLeftSide);
        entries.addAll(entries(rightEntries, ofRightSide));

        boolean inner = type == JoinType.INNER || type == JoinType.COMMA || type == JoinType.CROSS;
        List<SqlNode> rest = keys.rest();
        if (!inner && !rest.isEmpty()) {
            throw new SqlCodeException(
                    rest.getFirst().getParserPosition(), "An outer join of streams can compare columns with = only");
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
        if (rest.isEmpty()) {
            return new Side(scope, 0, false, true);
        }
        Projection filtered = new Projection(joined, script, pump);
        joined.columns().forEach(filtered::keep);
        Expressions over = queries.expressions(scope);
        rest.forEach(c -> filtered.where(over.condition(c)));
        return new Side(scope.on(filtered.build()), 0, false, true);
    }

    /**
     * What both sides are partitioned by.
     *
     * @param none whether there is no equality, so that all rows meet
     * @param rest conditions that are no equalities of the sides
     */
    private record Keys(Expr left, Expr right, boolean none, List<SqlNode> rest) {}

    private Keys keys(List<SqlNode> conditions, Side left, Side right, Expressions ofLeft, Expressions ofRight) {
        Casts casts = new Casts(functions);
        List<Expr> lefts = new ArrayList<>();
        List<Expr> rights = new ArrayList<>();
        List<SqlNode> rest = new ArrayList<>();
        for (SqlNode condition : conditions) {
            SqlNode[] pair = pair(condition, left, right);
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
        return new Keys(key(lefts), key(rights), lefts.isEmpty(), rest);
    }

    /** NULL where one part is, since NULL equals nothing. */
    private static Expr key(List<Expr> parts) {
        if (parts.isEmpty()) {
            return Expr.atom("1", Type.INTEGER);
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        String present = parts.stream().map(p -> p.operand() + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String row = TimeFunctions.key(parts.stream().map(Expr::text).toList());
        return Expr.call("CASE WHEN " + present + " THEN " + row + " END", Type.row(List.of()), parts);
    }

    private static String list(List<Relation.Column> columns) {
        return Text.literal(columns.stream().map(Relation.Column::flinkName).collect(Collectors.joining(";")));
    }

    /** The columns of one side under their new names, and last its ROWTIME. */
    private static List<Relation.Column> columns(Side side, Scope scope, List<Scope.Entry> renamed) {
        List<Relation.Column> columns = new ArrayList<>();
        for (Scope.Entry entry : renamed) {
            Relation.Column c = entry.column();
            columns.add(new Relation.Column(c.name(), c.flinkName(), c.type(), false));
        }
        String alias = side.scope().entries().getFirst().alias();
        columns.add(new Relation.Column(
                Scope.ROWTIME, alias.replace(';', '_') + "." + Scope.ROWTIME, Type.TIMESTAMP, false));
        return columns;
    }

    private static void fill(Projection rows, Side side, Scope scope, List<Relation.Column> columns) {
        for (int i = 0; i < columns.size() - 1; i++) {
            Relation.Column source = side.scope().entries().get(i).column();
            rows.addAs(columns.get(i), Expr.atom(source.quoted(), source.type()));
        }
        rows.addAs(columns.getLast(), Expr.atom(scope.relation().rowtime(), Type.TIMESTAMP));
    }

    private static void empty(Projection rows, List<Relation.Column> columns) {
        for (Relation.Column column : columns) {
            rows.addAs(column, Expr.atom("CAST(NULL AS " + column.type().flink() + ")", column.type()));
        }
    }

    private static List<Scope.Entry> entries(List<Scope.Entry> renamed, List<Relation.Column> columns) {
        List<Scope.Entry> entries = new ArrayList<>();
        for (int i = 0; i < renamed.size(); i++) {
            entries.add(new Scope.Entry(
                    renamed.get(i).alias(), columns.get(i), renamed.get(i).system()));
        }
        entries.add(new Scope.Entry(renamed.getFirst().alias(), columns.getLast(), true));
        return entries;
    }

    /** Left and right of an equality of the two sides, or null. */
    private static SqlNode @Nullable [] pair(SqlNode condition, Side left, Side right) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return null;
        }
        SqlNode a = ((SqlCall) condition).operand(0);
        SqlNode b = ((SqlCall) condition).operand(1);
        Set<Of> ofA = sides(a, left, right);
        Set<Of> ofB = sides(b, left, right);
        if (ofA.equals(Set.of(Of.LEFT)) && ofB.equals(Set.of(Of.RIGHT))) {
            return new SqlNode[] {a, b};
        }
        if (ofA.equals(Set.of(Of.RIGHT)) && ofB.equals(Set.of(Of.LEFT))) {
            return new SqlNode[] {b, a};
        }
        return null;
    }
}
