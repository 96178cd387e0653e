package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Translates one application of the dialect to Flink SQL. */
public final class Translator {
    private static final long STACK_BYTES = 64L << 20;

    private final ApplicationCode code;
    private final Functions functions = new Functions();
    private final Script script = new Script();
    private final SourceTables sources = new SourceTables(script);
    private final Declarations declarations = new Declarations(sources, functions);
    private final StreamViews streams;
    private final ErrorStream errors = new ErrorStream(functions, script, sources);
    private final Outputs outputs;

    private Translator(ApplicationCode code) {
        this.code = code;
        this.streams = new StreamViews(code.limits(), functions, script, sources, declarations);
        this.outputs = new Outputs(script, sources, declarations, streams, errors);
    }

    /**
     * Translates.
     *
     * @throws SqlCodeException with the place in the code, where it cannot be run
     */
    public static Translation translate(ApplicationCode code) {
        return DeepStack.call(STACK_BYTES, () -> new Translator(code).translation());
    }

    /**
     * Looks whether the text can be read, whatever it names.
     *
     * @throws SqlCodeException with the place in the text, where it cannot
     */
    public static void checkSyntax(String text, Limits limits) {
        var unused = DeepStack.call(STACK_BYTES, () -> new ApplicationParser(limits).statements(text));
    }

    private Translation translation() {
        ApplicationParser parser = new ApplicationParser(code.limits());
        List<SqlNode> statements = parser.statements(code.text());
        code.inputs().forEach(sources::input);
        code.references().forEach(sources::reference);
        declarations.read(statements, parser);
        streams.createAll();
        List<String> inserts = code.outputs().stream().map(outputs::insert).toList();
        List<String> all = new ArrayList<>(functions.registrations());
        all.addAll(script.statements());
        return new Translation(all, inserts, described(), errorStream());
    }

    /** In statements of its own: whoever runs the script on Flink alone need not have it. */
    private Translation.@Nullable Errors errorStream() {
        if (declarations.isNamed(ErrorStream.NAME) || sources.inputs().isEmpty()) {
            return null;
        }
        List<String> registered = functions.registrations();
        int said = script.statements().size();
        Relation view = errors.view(ErrorStream.NAME);
        List<String> statements = new ArrayList<>(functions.registrations());
        statements.removeAll(registered);
        statements.addAll(script.statements().subList(said, script.statements().size()));
        return new Translation.Errors(statements, described(ErrorStream.NAME, view));
    }

    private List<Translation.Stream> described() {
        List<Translation.Stream> described = new ArrayList<>();
        for (Map<String, Relation> views : List.of(sources.inputs(), streams.views())) {
            views.forEach((name, view) -> described.add(described(name, view)));
        }
        return described;
    }

    private static Translation.Stream described(String name, Relation view) {
        return new Translation.Stream(
                name,
                String.valueOf(view.view()),
                view.columns().stream()
                        .map(c -> new Translation.StreamColumn(
                                c.flinkName(), c.type().flink()))
                        .toList(),
                view.rowtime());
    }
}
