package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls of the table functions of the Flink jar that keep, or make, a time attribute. */
final class TimeFunctions {
    private final Functions functions;
    private final Script script;
    private final String label;

    TimeFunctions(Functions functions, Script script, String label) {
        this.functions = functions;
        this.script = script;
        this.label = label;
    }

    /** The relation with a time attribute that is ROWTIME itself, as windows over it need. */
    Relation aligned(Relation relation) {
        if (relation.offset() == 0 || relation.reference()) {
            return relation;
        }
        Relation restamped = call("KDA_RESTAMP", relation, null, "millis => " + relation.offset(), relation.all(), 0);
        return split(restamped, relation.columns().size());
    }

    Relation sorted(Relation relation, long bucket, String keys) {
        Relation aligned = bucket == 1 ? relation : aligned(relation);
        String arguments = "bucket => " + bucket + ", keys => " + Text.literal(keys);
        long offset = bucket == 1 ? aligned.offset() : 0;
        return split(
                call("KDA_SORT", aligned, null, arguments, aligned.all(), offset),
                aligned.columns().size());
    }

    Relation distinct(Relation relation, long size) {
        Relation aligned = aligned(relation);
        // Duplicates are told by all columns but ROWTIME.
        List<String> told = aligned.columns().stream()
                .filter(c -> !c.rowtime())
                .map(Relation.Column::quoted)
                .toList();
        String sql = "SELECT *, %s AS `__key`\nFROM %s".formatted(key(told), aligned.from());
        Relation keyed = Relation.ofQuery(sql, aligned.columns(), 0);
        return call("KDA_DISTINCT", keyed, "`__key`", "size => " + size, aligned.columns(), 0);
    }

    /**
     * One expression for several keys: the text that Flink 2.3 keeps of a view loses the parentheses of a list behind PARTITION BY.
     */
    static String key(List<String> keys) {
        return keys.size() == 1 ? keys.getFirst() : "ROW(" + String.join(", ", keys) + ")";
    }

    private static Relation split(Relation relation, int visible) {
        return new Relation(
                relation.view(),
                relation.sql(),
                List.copyOf(relation.columns().subList(0, visible)),
                List.copyOf(
                        relation.columns().subList(visible, relation.columns().size())),
                relation.offset(),
                false);
    }

    /**
     * The rows that a table function makes of a relation.
     *
     * @param partition a quoted column
     * @param arguments between the table and the time
     * @param columns of the result that are wanted
     */
    Relation call(
            String function,
            Relation input,
            @Nullable String partition,
            String arguments,
            List<Relation.Column> columns,
            long offset) {
        Relation view = script.inView(input, label);
        String by = partition == null ? "" : " PARTITION BY " + partition;
        String sql =
                "SELECT %s, `rowtime` AS %s\nFROM %s(\n  input => TABLE %s%s,\n  %s,\n  on_time => DESCRIPTOR(%s),\n  uid => %s\n)"
                        .formatted(
                                columns.stream().map(Relation.Column::quoted).collect(Collectors.joining(", ")),
                                Relation.TIME,
                                functions.use(function),
                                view.view(),
                                by,
                                arguments,
                                Relation.TIME,
                                Text.literal(script.uid()));
        return Relation.ofQuery(sql, new ArrayList<>(columns), offset);
    }

    /** {@code TABLE(TUMBLE(…))} over a view. */
    String tumble(Relation view, long size, boolean ceiling) {
        return "TABLE(TUMBLE(TABLE %s, DESCRIPTOR(%s), %s%s))"
                .formatted(view.view(), Relation.TIME, Text.interval(size), ceiling ? ", " + Text.interval(1) : "");
    }

    Relation inView(Relation relation) {
        return script.inView(relation, label);
    }
}
