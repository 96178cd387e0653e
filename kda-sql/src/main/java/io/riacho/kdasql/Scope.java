package io.riacho.kdasql;

import io.riacho.kdasql.Type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The names that an expression over a FROM clause can use. */
final class Scope {
    static final String ROWTIME = "ROWTIME";

    private final Relation relation;
    private final List<Entry> entries;

    /**
     * @param relation holds all the columns
     * @param entries in the order of {@code *}
     */
    Scope(Relation relation, List<Entry> entries) {
        this.relation = relation;
        this.entries = List.copyOf(entries);
    }

    /**
     * A column under the name of its table.
     *
     * @param column in the relation of the scope
     * @param system whether {@code *} leaves it out
     */
    record Entry(String alias, Relation.Column column, boolean system) {
        /** Whether it is the ROWTIME that a row of one stream had before a join. */
        boolean isRowtime() {
            return system && column.name().equals(ROWTIME);
        }
    }

    /** The scope of one table. */
    static Scope of(Relation relation, String alias) {
        List<Entry> entries = new ArrayList<>();
        relation.columns().forEach(c -> entries.add(new Entry(alias, c, false)));
        relation.system().forEach(c -> entries.add(new Entry(alias, c, true)));
        return new Scope(relation, entries);
    }

    Relation relation() {
        return relation;
    }

    /** The same names over a relation with the same columns. */
    Scope on(Relation other) {
        return new Scope(other, entries);
    }

    List<Entry> entries() {
        return entries;
    }

    /** What {@code *}, or {@code alias.*}, stands for. */
    List<Entry> star(@Nullable String alias, SqlParserPos position) {
        List<Entry> star = entries.stream()
                .filter(e -> !e.system() && (alias == null || e.alias().equals(alias)))
                .toList();
        if (star.isEmpty()) {
            throw new SqlCodeException(position, "There is no table " + alias);
        }
        return star;
    }

    Expr resolve(SqlIdentifier name) {
        List<String> parts = name.names;
        SqlParserPos position = name.getParserPosition();
        if (parts.size() == 1) {
            return unqualified(parts.getFirst(), position);
        }
        // A schema before the table is left out of account.
        for (int start = 0; start < parts.size() - 1; start++) {
            String alias = parts.get(start);
            if (entries.stream().anyMatch(e -> e.alias().equals(alias))) {
                Expr column = qualified(alias, parts.get(start + 1), position);
                return fields(column, parts.subList(start + 2, parts.size()), position);
            }
        }
        Expr row = find(null, parts.getFirst(), position);
        if (row != null && row.type().kind() == Type.Kind.ROW) {
            return fields(row, parts.subList(1, parts.size()), position);
        }
        throw new SqlCodeException(position, "There is no table " + parts.get(parts.size() - 2) + " in this query");
    }

    private Expr unqualified(String column, SqlParserPos position) {
        Expr found = find(null, column, position);
        if (found != null) {
            return found;
        }
        if (column.equals(ROWTIME)) {
            return Expr.rowtime(relation.rowtime());
        }
        throw unknown(null, column, position);
    }

    private Expr qualified(String alias, String column, SqlParserPos position) {
        Expr found = find(alias, column, position);
        if (found != null) {
            return found;
        }
        if (column.equals(ROWTIME)) {
            return Expr.rowtime(relation.rowtime());
        }
        throw unknown(alias, column, position);
    }

    private @Nullable Expr find(@Nullable String alias, String column, SqlParserPos position) {
        if (alias == null && column.equals(ROWTIME) && isJoin()) {
            return null;
        }
        List<Entry> found = entries.stream()
                .filter(e -> e.column().name().equals(column)
                        && (alias == null || e.alias().equals(alias)))
                .toList();
        if (found.isEmpty()) {
            return null;
        }
        if (found.size() > 1) {
            throw new SqlCodeException(position, "The column " + column + " is ambiguous");
        }
        Relation.Column c = found.getFirst().column();
        return new Expr(c.quoted(), c.type(), true, c.rowtime(), List.of());
    }

    private boolean isJoin() {
        return entries.stream().map(Entry::alias).distinct().count() > 1;
    }

    private SqlCodeException unknown(@Nullable String alias, String column, SqlParserPos position) {
        String hint = entries.stream()
                .filter(e -> !e.column().name().equals(column)
                        && e.column().name().equalsIgnoreCase(column)
                        && (alias == null || e.alias().equals(alias)))
                .findFirst()
                .map(e -> "; there is \"" + e.column().name() + "\", which needs quotes")
                .orElse("");
        return new SqlCodeException(
                position, "There is no column " + column + (alias == null ? "" : " in " + alias) + hint);
    }

    private static Expr fields(Expr value, List<String> names, SqlParserPos position) {
        Expr current = value;
        for (String name : names) {
            Field field = current.type().fields().stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new SqlCodeException(position, "There is no field " + name));
            current = Expr.atom(current.text() + "." + Text.quote(name), field.type());
        }
        return current;
    }
}
