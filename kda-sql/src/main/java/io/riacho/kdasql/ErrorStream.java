package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stream of rows that were left out: records that could not be read, and rows for which an expression failed. */
final class ErrorStream {
    static final String NAME = "error_stream";

    private static final List<Relation.Column> COLUMNS = List.of(
            new Relation.Column("ERROR_TIME", Type.TIMESTAMP),
            new Relation.Column("ERROR_LEVEL", Type.text(Type.Kind.VARCHAR, 10)),
            new Relation.Column("ERROR_NAME", Type.text(Type.Kind.VARCHAR, 32)),
            new Relation.Column("MESSAGE", Type.text(Type.Kind.VARCHAR, 4096)),
            new Relation.Column("DATA_ROWTIME", Type.TIMESTAMP),
            new Relation.Column("DATA_ROW", Type.text(Type.Kind.VARCHAR, 49_152)),
            new Relation.Column("PUMP_NAME", Type.text(Type.Kind.VARCHAR, 128)));

    private final Functions functions;
    private final Script script;
    private final SourceTables sources;
    private @Nullable Relation view;

    ErrorStream(Functions functions, Script script, SourceTables sources) {
        this.functions = functions;
        this.script = script;
        this.sources = sources;
    }

    /** Its view. Made once, of all that failed until then, with the name that is asked for first. */
    Relation view(String name) {
        Relation known = view;
        if (known == null) {
            known = create(name);
            view = known;
        }
        return known;
    }

    private Relation create(String name) {
        List<String> parts = new ArrayList<>();
        sources.inputs().keySet().forEach(input -> parts.add(unread(input)));
        script.failures().forEach(f -> parts.add(failed(f)));
        Relation all = Relation.ofQuery(String.join("\nUNION ALL\n", parts), COLUMNS, 0);
        script.take(name);
        return script.createView(all, name);
    }

    private static String unread(String input) {
        return "SELECT %s, %s, %s, %s, %s, %s, %s, %s\nFROM %s\nWHERE `__error` IS NOT NULL"
                .formatted(
                        column(
                                0,
                                "COALESCE(TRY_CAST(JSON_VALUE(`__error`, '$.ERROR_TIME') AS TIMESTAMP(3)), "
                                        + "CAST(`__rt` AS TIMESTAMP(3)))"),
                        column(1, "COALESCE(JSON_VALUE(`__error`, '$.ERROR_LEVEL'), 'ERROR')"),
                        column(2, "JSON_VALUE(`__error`, '$.ERROR_NAME')"),
                        column(3, "JSON_VALUE(`__error`, '$.MESSAGE')"),
                        column(4, "CAST(`__rt` AS TIMESTAMP(3))"),
                        column(5, "JSON_VALUE(`__error`, '$.DATA_ROW')"),
                        column(6, "JSON_VALUE(`__error`, '$.PUMP_NAME')"),
                        Relation.TIME,
                        Text.quote(input + "__input"));
    }

    private String failed(Script.Failures failures) {
        Relation from = failures.from();
        String row = from.columns().isEmpty()
                ? "''"
                : from.columns().stream()
                        .map(c -> c.type().kind() == Type.Kind.ROW
                                ? "''"
                                : "COALESCE(CAST(" + c.quoted() + " AS STRING), '')")
                        .collect(Collectors.joining(", ", "CONCAT_WS(',', ", ")"));
        return "SELECT %s, %s, %s, %s, %s, %s, %s, %s\nFROM %s\nWHERE %s"
                .formatted(
                        column(0, "LOCALTIMESTAMP"),
                        column(1, "'ERROR'"),
                        column(2, "'ROW_ERROR'"),
                        column(3, "'A division by zero, or a value that cannot be converted'"),
                        column(4, from.rowtime()),
                        column(5, functions.use("KDA_HEX") + "(" + row + ")"),
                        column(6, Text.literal(failures.pump())),
                        Relation.TIME,
                        from.from(),
                        failures.condition());
    }

    private static String column(int index, String text) {
        Relation.Column column = COLUMNS.get(index);
        return "CAST(" + text + " AS " + column.type().flink() + ") AS " + column.quoted();
    }
}
