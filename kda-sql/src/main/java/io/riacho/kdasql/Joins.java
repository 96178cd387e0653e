package io.riacho.kdasql;

import io.riacho.kdasql.Froms.Side;
import java.util.List;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Joins of streams with each other, in windows, and with reference tables, by lookup. */
final class Joins {
    private final StreamJoins streams;
    private final ReferenceJoins references;

    Joins(Queries queries, Functions functions, Script script, TimeFunctions times, String pump) {
        this.streams = new StreamJoins(queries, functions, script, times, pump);
        this.references = new ReferenceJoins(functions);
    }

    /** Moves what compares both sides from the WHERE to the conditions of their join. */
    void takeConditions(Side left, Side right, List<SqlNode> where, List<SqlNode> conditions) {
        for (SqlNode condition : List.copyOf(where)) {
            if (condition.getKind() == SqlKind.EQUALS
                    && JoinSides.of(condition, left, right).size() == 2) {
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
            return references.join(left, right, type == JoinType.LEFT, conditions, position, false);
        }
        if (leftIsTable) {
            return references.join(right, left, type == JoinType.RIGHT, conditions, position, true);
        }
        return streams.join(left, right, type, conditions, position);
    }
}
