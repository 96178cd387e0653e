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
            counts = all.stream()
                    .collect(Collectors.groupingBy(e -> e.column().name(), Collectors.counting()));
        }

        String of(Scope.Entry entry) {
            String name = entry.column().name();
            boolean plain = !entry.system() && counts.getOrDefault(name, 0L) == 1;
            String base = plain ? name : entry.alias() + "." + name;
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
                        new Relation.Column(e.column().name(), names.of(e), e.column().type(), e.column().rowtime()),
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
        Expressions both = new Expressions(
                Limits.DEFAULT, functions, name -> prefixed(name, stream, table), node -> null);
        List<String> texts = new ArrayList<>();
        boolean equality = false;
        for (SqlNode condition : conditions) {
            texts.add(both.condition(condition).operand());
            equality |= isEquality(condition, stream, table);
        }
        if (!equality) {
            throw new SqlCodeException(
                    position, "A join with a reference table needs a condition that one of its columns equals one of the stream");
        }
        Names names = new Names(stream, table);
        List<Scope.Entry> streamEntries = renamed(stream, names);
        List<Scope.Entry> tableEntries = renamed(table, names);
        List<String> selected = new ArrayList<>();
        select("`__l`.", stream, streamEntries, selected);
        select("`__r`.", table, tableEntries, selected);
        List<Scope.Entry> entries = new ArrayList<>(tableFirst ? tableEntries : streamEntries);
        entries.addAll(tableFirst ? streamEntries : tableEntries);
        String sql = "SELECT %s, `__l`.%s\nFROM (SELECT *, PROCTIME() AS `__pt` FROM %s) AS `__l`\n%sJOIN %s FOR SYSTEM_TIME AS OF `__l`.`__pt` AS `__r`\nON %s"
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

    private Side streams(
            Side left, Side right, JoinType type, List<SqlNode> conditions, SqlParserPos position) {
        if (left.joined() || right.joined()) {
            throw new SqlCodeException(position, "A join of more than two streams is not supported; join two in a stream of their own");
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
        List<Scope.Entry> entries = new ArrayList<>();
        List<Scope.Entry> times1 = new ArrayList<>();
        fill(leftRows, left, leftScope, leftEntries, entries, times1);
        fill(rightRows, right, rightScope, rightEntries, entries, times1);
        entries.addAll(times1);

        boolean unwindowed = !left.over() && !right.over();
        List<String> keys = new ArrayList<>();
        List<SqlNode> rest = new ArrayList<>();
        for (SqlNode condition : conditions) {
            SqlNode[] pair = pair(condition, left, right);
            if (pair == null) {
                rest.add(condition);
                continue;
            }
            Expr a = ofLeft.translate(pair[0]);
            Expr b = ofRight.translate(pair[1]);
            if (unwindowed && a.rowtime() && b.rowtime()) {
                continue;
            }
            Type common = a.type().common(b.type());
            Casts casts = new Casts(functions);
            Relation.Column key = new Relation.Column("__k" + (keys.size() + 1), common);
            leftRows.addAs(key, casts.cast(a, common, condition.getParserPosition()));
            rightRows.addAs(key, casts.cast(b, common, condition.getParserPosition()));
            keys.add(key.quoted());
        }
        boolean inner = type == JoinType.INNER || type == JoinType.COMMA || type == JoinType.CROSS;
        if (!inner && !rest.isEmpty()) {
            throw new SqlCodeException(
                    rest.getFirst().getParserPosition(), "An outer join of streams can compare columns with = only");
        }
        String kind =
                inner ? unwindowed ? "CURRENT" : "INNER" : type.name();
        Relation joined = times.join(
                leftRows.build(),
                rightRows.build(),
                keys,
                "kind => '%s', left_size => %d, right_size => %d".formatted(kind, left.window(), right.window()),
                entries.stream().map(Scope.Entry::column).toList(),
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

    /** All columns of one side under their new names, and the side's ROWTIME. */
    private static void fill(
            Projection rows,
            Side side,
            Scope scope,
            List<Scope.Entry> renamed,
            List<Scope.Entry> entries,
            List<Scope.Entry> timeEntries) {
        for (int i = 0; i < renamed.size(); i++) {
            Relation.Column source = side.scope().entries().get(i).column();
            Relation.Column target = renamed.get(i).column();
            rows.addAs(
                    new Relation.Column(target.name(), target.flinkName(), target.type(), false),
                    Expr.atom(source.quoted(), source.type()));
            entries.add(new Scope.Entry(
                    renamed.get(i).alias(),
                    new Relation.Column(target.name(), target.flinkName(), target.type(), false),
                    renamed.get(i).system()));
        }
        String alias = side.scope().entries().getFirst().alias();
        Relation.Column rowtime =
                new Relation.Column(Scope.ROWTIME, alias + "." + Scope.ROWTIME, Type.TIMESTAMP, false);
        rows.addAs(rowtime, Expr.atom(scope.relation().rowtime(), Type.TIMESTAMP));
        timeEntries.add(new Scope.Entry(alias, rowtime, true));
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
