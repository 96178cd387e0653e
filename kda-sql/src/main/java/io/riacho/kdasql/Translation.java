package io.riacho.kdasql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Flink SQL of an application. Its statements are executed in order, its inserts together, as one statement set. The session's time zone must be UTC.
 *
 * @param statements functions, tables and views
 * @param inserts one for each output
 * @param streams the in-application streams, input streams too
 * @param errors {@code error_stream}; null where the application has no input, or a stream of its own of that name
 */
public record Translation(
        List<String> statements,
        List<String> inserts,
        List<Stream> streams,
        @Nullable Errors errors) {
    public Translation {
        statements = List.copyOf(statements);
        inserts = List.copyOf(inserts);
        streams = List.copyOf(streams);
    }

    /**
     * An in-application stream.
     *
     * @param name as stored, after folding
     * @param view the Flink view that holds its rows, quoted
     * @param columns its columns, of the view's names
     * @param rowtime the Flink expression over the view that gives ROWTIME, a {@code TIMESTAMP(3)}
     */
    public record Stream(String name, String view, List<StreamColumn> columns, String rowtime) {}

    /**
     * The stream of what is left out, for those who look at it.
     *
     * @param statements what it needs behind the other statements
     */
    public record Errors(List<String> statements, Stream stream) {
        public Errors {
            statements = List.copyOf(statements);
        }
    }

    /**
     * A column of a stream.
     *
     * @param name in the stream and in the view
     * @param flinkType e.g. {@code VARCHAR(4)}
     */
    public record StreamColumn(String name, String flinkType) {}

    /** All of it as one script, for those who move on to Flink. */
    public String script() {
        StringBuilder script = new StringBuilder("SET 'table.local-time-zone' = 'UTC';\n\n");
        statements.forEach(s -> script.append(s).append(";\n\n"));
        if (!inserts.isEmpty()) {
            script.append("EXECUTE STATEMENT SET BEGIN\n");
            inserts.forEach(s -> script.append(s).append(";\n"));
            script.append("END;\n");
        }
        return script.toString();
    }
}
