package io.riacho.kdasql;

import io.riacho.kdasql.Froms.Side;
import io.riacho.kdasql.JoinSides.Of;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Joins of streams with reference tables, by lookup. */
final class ReferenceJoins {
    private final Functions functions;

    ReferenceJoins(Functions functions) {
        this.functions = functions;
    }

    /** @param tableFirst whether its columns come before those of the stream */
    Side join(
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
        JoinNames names = new JoinNames(stream, table);
        List<Scope.Entry> streamEntries = names.renamed(stream);
        List<Scope.Entry> tableEntries = names.renamed(table);
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
        return new Side(new Scope(relation, entries), stream.parts(), stream.outer());
    }

    private static boolean isEquality(SqlNode condition, Side stream, Side table) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return false;
        }
        Set<Of> first = JoinSides.of(((SqlCall) condition).operand(0), stream, table);
        Set<Of> second = JoinSides.of(((SqlCall) condition).operand(1), stream, table);
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
        boolean ofStream = JoinSides.knows(stream, name);
        boolean ofTable = JoinSides.knows(table, name);
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
}
