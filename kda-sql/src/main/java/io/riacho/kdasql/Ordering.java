package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Translates ORDER BY: rows are sorted in batches, each of the rows for which an expression of ROWTIME has one value. */
final class Ordering {
    private final Script script;
    private final TimeFunctions times;
    private final String pump;

    Ordering(Script script, TimeFunctions times, String pump) {
        this.script = script;
        this.times = times;
        this.pump = pump;
    }

    /**
     * @param millis of a batch
     * @param keys of the sort function
     */
    record Batch(long millis, String keys) {}

    /** Null where the stream is in that order already. */
    @Nullable
    Batch batch(SqlNodeList orderBy, Expressions expressions, Projection projection, boolean wholeWindow) {
        long millis = 0;
        List<String> keys = new ArrayList<>();
        for (SqlNode element : orderBy) {
            SqlNode node = element;
            if (node instanceof SqlCall call
                    && (node.getKind() == SqlKind.NULLS_FIRST || node.getKind() == SqlKind.NULLS_LAST)) {
                node = call.operand(0);
            }
            boolean descending = node.getKind() == SqlKind.DESCENDING;
            SqlNode key = descending ? ((SqlCall) node).operand(0) : node;
            if (millis == 0) {
                WindowKey window = wholeWindow ? new WindowKey(1, false, false) : WindowKey.of(key, expressions);
                if (window == null || window.ceiling() || descending) {
                    throw new SqlCodeException(
                            element.getParserPosition(),
                            "ORDER BY must begin with an expression of ROWTIME that never falls, such as"
                                    + " FLOOR(s.ROWTIME TO SECOND)");
                }
                millis = window.size();
                continue;
            }
            Expr value = expressions.translate(key);
            Relation.Column column = projection.add("__o" + (keys.size() + 1), value);
            keys.add(column.flinkName() + (descending ? " DESC" : " ASC"));
        }
        return keys.isEmpty() ? null : new Batch(millis, String.join(";", keys));
    }

    Relation sorted(Relation relation, int visible, Batch batch) {
        Relation sorted = times.sorted(relation, batch.millis(), batch.keys());
        return only(sorted, visible);
    }

    /** Only the first columns. */
    private Relation only(Relation relation, int visible) {
        Projection projection = new Projection(relation, script, pump);
        relation.all()
                .subList(0, visible)
                .forEach(c -> projection.add(c.name(), new Expr(c.quoted(), c.type(), true, c.rowtime(), List.of())));
        return projection.build();
    }
}
