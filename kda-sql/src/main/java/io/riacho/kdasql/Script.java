package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements of a translation as they come into being, and the names taken. */
final class Script {
    private final List<String> statements = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final List<Failures> failures = new ArrayList<>();
    private int functionCalls;

    /**
     * Rows that fail.
     *
     * @param from holds the rows
     * @param condition under which one fails; never NULL
     */
    record Failures(Relation from, String condition, String pump) {}

    void add(String statement) {
        statements.add(statement);
    }

    List<String> statements() {
        return statements;
    }

    /** Keeps a name from being given to a view of ours. */
    void take(String name) {
        taken.add(name);
    }

    /** A free name, {@code base} with a number. */
    String numbered(String base) {
        int i = 1;
        while (!taken.add(base + "__" + i)) {
            i++;
        }
        return base + "__" + i;
    }

    /** The relation in a view. */
    Relation inView(Relation relation, String base) {
        if (relation.view() != null) {
            return relation;
        }
        return createView(relation, numbered(base));
    }

    Relation createView(Relation relation, String name) {
        String sql = relation.sql() != null ? relation.sql() : "SELECT * FROM " + relation.view();
        add("CREATE TEMPORARY VIEW " + Text.quote(name) + " AS\n" + sql);
        return relation.inView(Text.quote(name));
    }

    /** The identity of the state of one more call of a table function. */
    String uid() {
        functionCalls++;
        return "f" + functionCalls;
    }

    void failing(Relation from, String condition, String pump) {
        failures.add(new Failures(from, condition, pump));
    }

    List<Failures> failures() {
        return failures;
    }

    /** @param definitions of columns and watermarks */
    void createTable(String name, List<String> definitions, Map<String, String> options) {
        add("CREATE TEMPORARY TABLE %s (\n  %s\n) %s"
                .formatted(Text.quote(name), String.join(",\n  ", definitions), Text.options(options)));
    }
}
