package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.warehouse.SqlName;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a load. Texts of users are in it as quoted names and as quoted literals only.
 *
 * @param stage makes the table that records are copied into first; null where they go into the target directly
 * @param copy takes the rows of {@link CopyRows}
 * @param move from the stage into the target; null where there is no stage
 * @param empty the stage; null where there is none
 */
record LoadStatements(
        @Nullable String stage,
        String copy,
        @Nullable String move,
        @Nullable String empty) {

    /** Of the session, so the same name serves all, and hides no table of the user's. */
    private static final String STAGE = "pg_temp.riacho_stage";

    static LoadStatements of(CopyFormat format, TargetTable target) {
        return switch (format) {
            case CopyFormat.Json json -> json(json, target);
            case CopyFormat.Csv csv ->
                direct(
                        target,
                        "format csv, delimiter " + literal(String.valueOf(csv.delimiter())) + ", quote "
                                + literal(String.valueOf(csv.quote()))
                                + (csv.nullText() == null ? "" : ", null " + literal(csv.nullText())));
            case CopyFormat.Delimited text ->
                // Records have their backslashes doubled; the text for null is compared before they are halved.
                direct(
                        target,
                        "format text, delimiter " + literal(String.valueOf(text.delimiter())) + ", null "
                                + literal(text.nullText().replace("\\", "\\\\")));
        };
    }

    private static LoadStatements direct(TargetTable target, String options) {
        return new LoadStatements(
                null,
                "copy " + target.quoted() + " (" + target.quotedColumns() + ") from stdin with (" + options + ")",
                null,
                null);
    }

    private static LoadStatements json(CopyFormat.Json json, TargetTable target) {
        String record = json.ignoreCase()
                ? "(select coalesce(jsonb_object_agg(lower(m.key), m.value), '{}') from jsonb_each(s.record) m)"
                : "s.record";
        String columns = target.columns().stream()
                .map(column -> "r." + SqlName.quoted(column))
                .collect(Collectors.joining(", "));
        return new LoadStatements(
                "create temporary table riacho_stage (record jsonb not null) on commit drop",
                "copy " + STAGE + " (record) from stdin",
                "insert into " + target.quoted() + " (" + target.quotedColumns() + ") select " + columns + " from "
                        + STAGE + " s cross join lateral jsonb_populate_record(null::" + target.quoted() + ", " + record
                        + ") r",
                "truncate " + STAGE);
    }

    /** The same with {@code standard_conforming_strings} on and off. */
    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
