package io.riacho.kdasql;

import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.Declarations.DeclaredStream;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What of an application's streams goes out of it: a table for each output, and an INSERT that fills it. */
final class Outputs {
    private final Script script;
    private final SourceTables sources;
    private final Declarations declarations;
    private final StreamViews streams;
    private final ErrorStream errors;
    private final Set<String> tables = new HashSet<>();

    Outputs(Script script, SourceTables sources, Declarations declarations, StreamViews streams, ErrorStream errors) {
        this.script = script;
        this.sources = sources;
        this.declarations = declarations;
        this.streams = streams;
        this.errors = errors;
    }

    /** Creates the table; gives the INSERT. */
    String insert(Output output) {
        Relation relation = relation(output.stream());
        String table = newTable(output.stream());
        script.take(table);
        script.createTable(
                table,
                relation.columns().stream()
                        .map(c -> c.quoted() + " " + c.type().flink())
                        .toList(),
                output.options());
        return "INSERT INTO %s\nSELECT %s\nFROM %s"
                .formatted(
                        Text.quote(table),
                        relation.columns().stream().map(Relation.Column::quoted).collect(Collectors.joining(", ")),
                        relation.from());
    }

    private Relation relation(String name) {
        DeclaredStream stream = declarations.stream(name);
        if (stream != null) {
            return streams.view(stream);
        }
        Relation input = sources.inputs().get(name);
        if (input != null) {
            return input;
        }
        if (name.equalsIgnoreCase(ErrorStream.NAME)) {
            return errors.view(name);
        }
        throw new SqlCodeException(
                0, 0, "There is no in-application stream " + name + " for the output" + declarations.hint(name));
    }

    private String newTable(String stream) {
        String base = stream + "__output";
        String table = base;
        int number = 1;
        while (!tables.add(table)) {
            number++;
            table = base + number;
        }
        return table;
    }
}
