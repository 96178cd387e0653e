package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds {@code SELECT … FROM … WHERE …} that leaves failing rows out and notes them. */
final class Projection {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private final Relation source;
    private final Script script;
    private final String pump;
    private final List<String> texts = new ArrayList<>();
    private final List<Relation.Column> columns = new ArrayList<>();
    private final Map<String, String> plain = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> whereFailures = new ArrayList<>();
    private @Nullable String where;

    Projection(Relation source, Script script, String pump) {
        this.source = source;
        this.script = script;
        this.pump = pump;
    }

    /** Adds a column that the code sees; its name in Flink is made unique. */
    Relation.Column add(String name, Expr value) {
        String flinkName = name;
        for (int i = 0; !names.add(flinkName); i++) {
            flinkName = name + i;
        }
        Relation.Column column = new Relation.Column(name, flinkName, value.type(), value.rowtime());
        columns.add(column);
        texts.add(value.text().equals(column.quoted()) ? value.text() : value.text() + " AS " + column.quoted());
        note(value);
        return column;
    }

    /** Adds a column under the name in Flink that it has there. */
    void keep(Relation.Column column) {
        addAs(column, new Expr(column.quoted(), column.type(), true, column.rowtime(), List.of()));
    }

    /** Adds a column under the name in Flink that is given. */
    void addAs(Relation.Column column, Expr value) {
        if (!names.add(column.flinkName())) {
            throw new IllegalStateException("Two columns " + column.flinkName());
        }
        columns.add(column);
        texts.add(value.text().equals(column.quoted()) ? value.text() : value.text() + " AS " + column.quoted());
        plain.put(value.text(), column.quoted());
        note(value);
    }

    /** Adds a column of ours, or finds one of the same value; a plain column keeps its name. */
    Expr addOrFind(String prefix, Expr value) {
        String known = plain.get(value.text());
        if (known != null) {
            return Expr.atom(known, value.type());
        }
        boolean isColumn = source.all().stream().anyMatch(c -> c.quoted().equals(value.text()));
        String name = prefix + (columns.size() + 1);
        if (isColumn) {
            String flinkName = source.all().stream()
                    .filter(c -> c.quoted().equals(value.text()))
                    .findFirst()
                    .orElseThrow()
                    .flinkName();
            // Functions take lists of columns as text.
            name = names.contains(flinkName) || !PLAIN_NAME.matcher(flinkName).matches() ? name : flinkName;
        }
        Relation.Column column = add(name, value);
        plain.put(value.text(), column.quoted());
        return Expr.atom(column.quoted(), value.type());
    }

    void where(Expr condition) {
        where = where == null ? condition.text() : "(" + where + ") AND " + condition.operand();
        whereFailures.addAll(condition.failures());
    }

    private void note(Expr value) {
        value.failures().stream().filter(f -> !failures.contains(f)).forEach(failures::add);
    }

    /** Whether it gives the source's rows as they are, so that the source can stand for it. */
    boolean isIdentity() {
        return where == null
                && failures.isEmpty()
                && source.view() != null
                && columns.stream()
                        .allMatch(c ->
                                source.all().stream().anyMatch(s -> s.quoted().equals(c.quoted())))
                && texts.stream().noneMatch(t -> t.contains(" AS "));
    }

    Relation build() {
        return build(source.offset(), Relation.TIME);
    }

    /** @param time what gives the time attribute, which comes last */
    Relation build(long offset, String time) {
        List<String> all = new ArrayList<>(texts);
        all.add(time.equals(Relation.TIME) ? time : time + " AS " + Relation.TIME);
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(String.join(", ", all))
                .append("\nFROM ")
                .append(source.from());
        List<String> conditions = new ArrayList<>();
        if (where != null) {
            conditions.add(where);
        }
        List<String> failing = new ArrayList<>(whereFailures);
        failures.stream().filter(f -> !failing.contains(f)).forEach(failing::add);
        if (!failing.isEmpty()) {
            conditions.add("NOT " + (failing.size() == 1 ? failing.getFirst() : Expr.or(failing)));
            noteFailures();
        }
        if (!conditions.isEmpty()) {
            sql.append("\nWHERE ")
                    .append(
                            conditions.size() == 1
                                    ? conditions.getFirst()
                                    : "(" + conditions.get(0) + ") AND " + conditions.get(1));
        }
        return Relation.ofQuery(sql.toString(), columns, offset);
    }

    private void noteFailures() {
        List<String> conditions = new ArrayList<>(whereFailures);
        if (!failures.isEmpty()) {
            String failed = Expr.or(failures);
            conditions.add(where == null ? failed : "((" + where + ") IS TRUE AND " + failed + ")");
        }
        script.failing(source, Expr.or(conditions), pump);
    }
}
