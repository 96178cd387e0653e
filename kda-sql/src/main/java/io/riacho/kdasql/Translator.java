package io.riacho.kdasql;

import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.statement.AlterPump;
import io.riacho.kdasql.statement.CreateFunction;
import io.riacho.kdasql.statement.CreatePump;
import io.riacho.kdasql.statement.CreateStream;
import io.riacho.kdasql.statement.DropStatement;
import io.riacho.kdasql.statement.TypedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Translates one application of the dialect to Flink SQL. */
public final class Translator {
    private static final long STACK_BYTES = 64L << 20;
    private static final String ERROR_STREAM = "error_stream";

    private final ApplicationCode code;
    private final Functions functions = new Functions();
    private final Script script = new Script();
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final Map<String, Pump> pumps = new LinkedHashMap<>();
    private final SourceTables sources = new SourceTables(script);
    private final Set<String> inProgress = new HashSet<>();
    private final Set<String> outputTables = new HashSet<>();
    private final List<Translation.Stream> described = new ArrayList<>();
    private @Nullable Relation errors;

    private Translator(ApplicationCode code) {
        this.code = code;
    }

    private static final class Stream {
        private final SqlIdentifier name;
        private final List<Relation.Column> columns;
        private @Nullable Relation relation;

        Stream(SqlIdentifier name, List<Relation.Column> columns) {
            this.name = name;
            this.columns = columns;
        }
    }

    private record Pump(CreatePump statement, boolean stopped) {}

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
        code.inputs().forEach(i -> describe(i.name(), sources.input(i)));
        code.references().forEach(sources::reference);
        for (SqlNode statement : statements) {
            declare(statement, parser);
        }
        pumps.values().forEach(this::checkTarget);
        streams.keySet().forEach(name -> script.take(name));
        streams.values().forEach(this::stream);
        List<String> inserts = new ArrayList<>();
        for (Output output : code.outputs()) {
            inserts.add(output(output));
        }
        List<String> all = new ArrayList<>(functions.registrations());
        all.addAll(script.statements());
        return new Translation(all, inserts, described, errorStream());
    }

    /** In statements of its own: whoever runs the script on Flink alone need not have it. */
    private Translation.@Nullable Errors errorStream() {
        boolean isTaken = java.util.stream.Stream.of(
                        streams.keySet(), sources.inputs().keySet(), sources.references())
                .flatMap(Set::stream)
                .anyMatch(ERROR_STREAM::equalsIgnoreCase);
        if (isTaken || sources.inputs().isEmpty()) {
            return null;
        }
        List<String> registered = functions.registrations();
        int said = script.statements().size();
        Relation view = errors(ERROR_STREAM);
        List<String> statements = new ArrayList<>(functions.registrations());
        statements.removeAll(registered);
        statements.addAll(script.statements().subList(said, script.statements().size()));
        return new Translation.Errors(statements, described(ERROR_STREAM, view));
    }

    private Relation errors(String name) {
        Relation known = errors;
        if (known == null) {
            known = new ErrorStream(functions, script).create(sources.inputs(), name);
            errors = known;
        }
        return known;
    }

    // Declarations

    private void declare(SqlNode statement, ApplicationParser parser) {
        parser.checkDepth(statement);
        switch (statement) {
            case CreateStream stream -> declareStream(stream);
            case CreatePump pump -> {
                parser.checkDepth(pump.insert());
                pumps.remove(last(pump.name()));
                pumps.put(last(pump.name()), new Pump(pump, pump.stopped()));
            }
            case CreateFunction function -> {
                parser.checkDepth(function.body());
                functions.declare(function);
            }
            case AlterPump alter -> {
                Pump pump = pumps.get(last(alter.name()));
                if (pump == null) {
                    throw new SqlCodeException(
                            alter.name().getParserPosition(), "There is no pump " + last(alter.name()));
                }
                pumps.put(last(alter.name()), new Pump(pump.statement(), !alter.start()));
            }
            case DropStatement drop -> drop(drop);
            default ->
                throw new SqlCodeException(
                        statement.getParserPosition(),
                        "An application is made of CREATE STREAM, CREATE PUMP and CREATE FUNCTION; this statement is"
                                + " not supported");
        }
    }

    private void drop(DropStatement drop) {
        String name = last(drop.name());
        boolean known = switch (drop.objectKind()) {
            case "STREAM" -> streams.remove(name) != null;
            case "PUMP" -> pumps.remove(name) != null;
            default ->
                throw new SqlCodeException(drop.getParserPosition(), "DROP " + drop.objectKind() + " is not supported");
        };
        if (!known) {
            throw new SqlCodeException(
                    drop.name().getParserPosition(),
                    "There is no " + drop.objectKind().toLowerCase(java.util.Locale.ROOT) + " " + name);
        }
    }

    private void declareStream(CreateStream statement) {
        String name = last(statement.name());
        SqlParserPos position = statement.name().getParserPosition();
        if (sources.find(name) != null) {
            throw new SqlCodeException(position, "An input has the name " + name + " already");
        }
        Set<String> names = new HashSet<>();
        List<Relation.Column> columns = new ArrayList<>();
        for (TypedName column : statement.columns()) {
            String columnName = column.name().getSimple();
            if (!names.add(columnName) || columnName.equals(Scope.ROWTIME) || columnName.startsWith("__")) {
                throw new SqlCodeException(
                        column.name().getParserPosition(), "The column name " + columnName + " cannot stand here");
            }
            columns.add(new Relation.Column(columnName, Type.of(column.type())));
        }
        streams.remove(name);
        streams.put(name, new Stream(statement.name(), columns));
    }

    private void checkTarget(Pump pump) {
        SqlIdentifier target = (SqlIdentifier) pump.statement().insert().getTargetTable();
        if (!streams.containsKey(last(target))) {
            throw new SqlCodeException(
                    target.getParserPosition(), "There is no stream " + last(target) + hint(last(target)));
        }
    }

    private String hint(String name) {
        return java.util.stream.Stream.of(streams.keySet(), sources.inputs().keySet(), sources.references())
                .flatMap(Set::stream)
                .filter(n -> n.equalsIgnoreCase(name))
                .findFirst()
                .map(n -> "; there is \"" + n + "\", which needs quotes")
                .orElse("");
    }

    private static String last(SqlIdentifier name) {
        return name.names.getLast();
    }

    // Streams

    private Relation table(SqlIdentifier name) {
        String table = last(name);
        Relation known = sources.find(table);
        if (known != null) {
            return known;
        }
        Stream stream = streams.get(table);
        if (stream == null) {
            throw new SqlCodeException(name.getParserPosition(), "There is no stream " + table + hint(table));
        }
        if (inProgress.contains(table)) {
            throw new SqlCodeException(name.getParserPosition(), "The stream " + table + " would feed itself");
        }
        return stream(stream);
    }

    private Relation stream(Stream stream) {
        if (stream.relation != null) {
            return stream.relation;
        }
        String name = last(stream.name);
        inProgress.add(name);
        List<Relation> parts = new ArrayList<>();
        for (Pump pump : pumps.values()) {
            if (!pump.stopped()
                    && last((SqlIdentifier) pump.statement().insert().getTargetTable())
                            .equals(name)) {
                parts.add(rows(pump.statement(), stream));
            }
        }
        if (parts.isEmpty()) {
            parts.add(nothing(stream));
        }
        Queries queries = queries("", name);
        Relation all = queries.unionAll(parts, stream.name.getParserPosition());
        stream.relation = script.createView(all, name);
        inProgress.remove(name);
        describe(name, stream.relation);
        return stream.relation;
    }

    private Queries queries(String pump, String label) {
        return new Queries(code.limits(), functions, script, this::table, pump, label);
    }

    /** What a pump puts into its stream, in the stream's columns. */
    private Relation rows(CreatePump pump, Stream stream) {
        Relation query = queries(last(pump.name()), last(stream.name))
                .query(pump.insert().getSource());
        List<Relation.Column> targets = targets(pump, stream);
        SqlParserPos position = pump.insert().getSource().getParserPosition();
        if (targets.size() != query.columns().size()) {
            throw new SqlCodeException(
                    position,
                    "The query has %d columns, %s takes %d"
                            .formatted(query.columns().size(), last(stream.name), targets.size()));
        }
        Casts casts = new Casts(functions);
        Projection projection = new Projection(query, script, last(pump.name()));
        for (Relation.Column column : stream.columns) {
            int index = targets.indexOf(column);
            Relation.Column from = index < 0 ? null : query.columns().get(index);
            Expr value = from == null ? Expr.atom("NULL", Type.NULL) : Expr.atom(from.quoted(), from.type());
            projection.add(column.name(), casts.cast(value, column.type(), position));
        }
        return projection.build();
    }

    private static List<Relation.Column> targets(CreatePump pump, Stream stream) {
        if (pump.insert().getTargetColumnList() == null) {
            return stream.columns;
        }
        List<Relation.Column> targets = new ArrayList<>();
        for (SqlNode node : pump.insert().getTargetColumnList()) {
            String name = ((SqlIdentifier) node).getSimple();
            Relation.Column column = stream.columns.stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new SqlCodeException(
                            node.getParserPosition(), "There is no column " + name + " in " + last(stream.name)));
            if (targets.contains(column)) {
                throw new SqlCodeException(node.getParserPosition(), "The column " + name + " stands twice here");
            }
            targets.add(column);
        }
        return targets;
    }

    /** A stream that no pump fills. */
    private Relation nothing(Stream stream) {
        if (sources.inputs().isEmpty()) {
            throw new SqlCodeException(stream.name.getParserPosition(), "The application has no input");
        }
        String columns = stream.columns.stream()
                .map(c -> "CAST(NULL AS " + c.type().flink() + ") AS " + c.quoted())
                .collect(Collectors.joining(", "));
        Relation any = sources.inputs().values().iterator().next();
        return Relation.ofQuery(
                "SELECT %s, %s\nFROM %s\nWHERE FALSE".formatted(columns, Relation.TIME, any.from()), stream.columns, 0);
    }

    private void describe(String name, Relation view) {
        described.add(described(name, view));
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

    // Outputs

    private String output(Output output) {
        Stream stream = streams.get(output.stream());
        Relation relation;
        if (stream != null) {
            relation = stream(stream);
        } else if (sources.inputs().containsKey(output.stream())) {
            relation = java.util.Objects.requireNonNull(sources.inputs().get(output.stream()));
        } else if (output.stream().equalsIgnoreCase(ERROR_STREAM)) {
            relation = errors(output.stream());
        } else {
            throw new SqlCodeException(
                    0,
                    0,
                    "There is no in-application stream " + output.stream() + " for the output" + hint(output.stream()));
        }
        String table = output.stream() + "__output";
        int number = 1;
        while (!outputTables.add(table)) {
            number++;
            table = output.stream() + "__output" + number;
        }
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
}
