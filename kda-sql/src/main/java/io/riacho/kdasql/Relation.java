package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a stream, a query or a reference table, as Flink SQL.
 *
 * @param view the quoted name of the view or table that holds them; null where only {@code sql} does
 * @param sql the query that gives them; null where there is a view
 * @param columns what the code sees
 * @param system what the code sees, but {@code *} does not
 * @param offset milliseconds from the time attribute {@code __rt} to ROWTIME
 * @param reference whether it is a reference table, without a time attribute
 */
record Relation(
        @Nullable String view,
        @Nullable String sql,
        List<Column> columns,
        List<Column> system,
        long offset,
        boolean reference) {
    static final String TIME = "`__rt`";

    /**
     * @param name as the code names it
     * @param flinkName the column of the view, not quoted
     * @param rowtime whether its value is the row's ROWTIME
     */
    record Column(String name, String flinkName, Type type, boolean rowtime) {
        Column(String name, Type type) {
            this(name, name, type, false);
        }

        String quoted() {
            return Text.quote(flinkName);
        }
    }

    static Relation ofQuery(String sql, List<Column> columns, long offset) {
        return new Relation(null, sql, List.copyOf(columns), List.of(), offset, false);
    }

    Relation inView(String name) {
        return new Relation(name, null, columns, system, offset, reference);
    }

    Relation withOffset(long other) {
        return new Relation(view, sql, columns, system, other, reference);
    }

    /** For a FROM clause. */
    String from() {
        return view != null ? view : "(\n" + indented(String.valueOf(sql)) + "\n)";
    }

    static String indented(String sql) {
        return "  " + sql.replace("\n", "\n  ");
    }

    /** ROWTIME of its rows. */
    String rowtime() {
        return offset == 0
                ? "CAST(" + TIME + " AS TIMESTAMP(3))"
                : "CAST(" + TIME + " + " + Text.interval(offset) + " AS TIMESTAMP(3))";
    }

    List<Column> all() {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(system);
        return all;
    }
}
