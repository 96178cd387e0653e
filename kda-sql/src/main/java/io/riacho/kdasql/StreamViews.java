package io.riacho.kdasql;

import io.riacho.kdasql.Declarations.DeclaredPump;
import io.riacho.kdasql.Declarations.DeclaredStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The streams of an application, each a view of what its pumps put into it. */
final class StreamViews {
    private final Limits limits;
    private final Functions functions;
    private final Script script;
    private final SourceTables sources;
    private final Declarations declarations;
    private final Map<String, Relation> views = new LinkedHashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    StreamViews(Limits limits, Functions functions, Script script, SourceTables sources, Declarations declarations) {
        this.limits = limits;
        this.functions = functions;
        this.script = script;
        this.sources = sources;
        this.declarations = declarations;
    }

    void createAll() {
        declarations.streams().forEach(stream -> script.take(stream.name()));
        declarations.streams().forEach(this::view);
    }

    /** Those that there are, by their names, in the order of their creation: none reads a later one. */
    Map<String, Relation> views() {
        return views;
    }

    /** Makes the view, and before it those that its pumps read, where they are not there. */
    Relation view(DeclaredStream stream) {
        String name = stream.name();
        Relation known = views.get(name);
        if (known != null) {
            return known;
        }
        inProgress.add(name);
        List<Relation> parts = new ArrayList<>();
        for (DeclaredPump pump : declarations.pumps()) {
            if (!pump.stopped() && pump.target().equals(name)) {
                parts.add(rows(pump, stream));
            }
        }
        if (parts.isEmpty()) {
            parts.add(nothing(stream));
        }
        Relation all = queries("", name).unionAll(parts, stream.position());
        Relation view = script.createView(all, name);
        inProgress.remove(name);
        views.put(name, view);
        return view;
    }

    /** What a pump puts into its stream, in the stream's columns. */
    private Relation rows(DeclaredPump pump, DeclaredStream stream) {
        SqlNode source = pump.statement().insert().getSource();
        Relation query = queries(pump.name(), stream.name()).query(source);
        List<Relation.Column> targets = targets(pump, stream);
        SqlParserPos position = source.getParserPosition();
        if (targets.size() != query.columns().size()) {
            throw new SqlCodeException(
                    position,
                    "The query has %d columns, %s takes %d"
                            .formatted(query.columns().size(), stream.name(), targets.size()));
        }
        Casts casts = new Casts(functions);
        Projection projection = new Projection(query, script, pump.name());
        for (Relation.Column column : stream.columns()) {
            int index = targets.indexOf(column);
            Relation.Column from = index < 0 ? null : query.columns().get(index);
            Expr value = from == null ? Expr.atom("NULL", Type.NULL) : Expr.atom(from.quoted(), from.type());
            projection.add(column.name(), casts.cast(value, column.type(), position));
        }
        return projection.build();
    }

    private Queries queries(String pump, String label) {
        return new Queries(limits, functions, script, this::table, pump, label);
    }

    private Relation table(SqlIdentifier identifier) {
        String name = identifier.names.getLast();
        Relation known = sources.find(name);
        if (known != null) {
            return known;
        }
        DeclaredStream stream = declarations.stream(name);
        if (stream == null) {
            throw new SqlCodeException(
                    identifier.getParserPosition(), "There is no stream " + name + declarations.hint(name));
        }
        if (inProgress.contains(name)) {
            throw new SqlCodeException(identifier.getParserPosition(), "The stream " + name + " would feed itself");
        }
        return view(stream);
    }

    private static List<Relation.Column> targets(DeclaredPump pump, DeclaredStream stream) {
        SqlNodeList named = pump.statement().insert().getTargetColumnList();
        if (named == null) {
            return stream.columns();
        }
        List<Relation.Column> targets = new ArrayList<>();
        for (SqlNode node : named) {
            String name = ((SqlIdentifier) node).getSimple();
            Relation.Column column = stream.columns().stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new SqlCodeException(
                            node.getParserPosition(), "There is no column " + name + " in " + stream.name()));
            if (targets.contains(column)) {
                throw new SqlCodeException(node.getParserPosition(), "The column " + name + " stands twice here");
            }
            targets.add(column);
        }
        return targets;
    }

    /** A stream that no pump fills. */
    private Relation nothing(DeclaredStream stream) {
        if (sources.inputs().isEmpty()) {
            throw new SqlCodeException(stream.position(), "The application has no input");
        }
        String columns = stream.columns().stream()
                .map(c -> "CAST(NULL AS " + c.type().flink() + ") AS " + c.quoted())
                .collect(Collectors.joining(", "));
        Relation any = sources.inputs().values().iterator().next();
        return Relation.ofQuery(
                "SELECT %s, %s\nFROM %s\nWHERE FALSE".formatted(columns, Relation.TIME, any.from()),
                stream.columns(),
                0);
    }
}
