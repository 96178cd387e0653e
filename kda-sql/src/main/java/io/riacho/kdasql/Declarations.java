package io.riacho.kdasql;

import io.riacho.kdasql.statement.AlterPump;
import io.riacho.kdasql.statement.CreateFunction;
import io.riacho.kdasql.statement.CreatePump;
import io.riacho.kdasql.statement.CreateStream;
import io.riacho.kdasql.statement.DropStatement;
import io.riacho.kdasql.statement.TypedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What the statements of an application declare: streams, pumps and functions, as they are once all have been read. */
final class Declarations {
    private final SourceTables sources;
    private final Functions functions;
    private final Map<String, DeclaredStream> streams = new LinkedHashMap<>();
    private final Map<String, DeclaredPump> pumps = new LinkedHashMap<>();

    record DeclaredStream(SqlIdentifier identifier, List<Relation.Column> columns) {
        String name() {
            return last(identifier);
        }

        SqlParserPos position() {
            return identifier.getParserPosition();
        }
    }

    record DeclaredPump(CreatePump statement, boolean stopped) {
        String name() {
            return last(statement.name());
        }

        /** The name of the stream that it fills. */
        String target() {
            return last(targetIdentifier());
        }

        private SqlIdentifier targetIdentifier() {
            return (SqlIdentifier) statement.insert().getTargetTable();
        }
    }

    /** @param sources whose names no stream can have */
    Declarations(SourceTables sources, Functions functions) {
        this.sources = sources;
        this.functions = functions;
    }

    void read(List<SqlNode> statements, ApplicationParser parser) {
        statements.forEach(statement -> declare(statement, parser));
        pumps.values().forEach(this::checkTarget);
    }

    /** In the order in which they were declared last. */
    Collection<DeclaredStream> streams() {
        return streams.values();
    }

    /** In the order in which they were declared last. */
    Collection<DeclaredPump> pumps() {
        return pumps.values();
    }

    @Nullable
    DeclaredStream stream(String name) {
        return streams.get(name);
    }

    /** Whether anything that rows are read from has the name, in capitals or not. */
    boolean isNamed(String name) {
        return names().anyMatch(name::equalsIgnoreCase);
    }

    /** For whoever named what is not there. */
    String hint(String name) {
        return names().filter(n -> n.equalsIgnoreCase(name))
                .findFirst()
                .map(n -> "; there is \"" + n + "\", which needs quotes")
                .orElse("");
    }

    private Stream<String> names() {
        return Stream.of(streams.keySet(), sources.inputs().keySet(), sources.references())
                .flatMap(Set::stream);
    }

    private void declare(SqlNode statement, ApplicationParser parser) {
        parser.checkDepth(statement);
        switch (statement) {
            case CreateStream stream -> declareStream(stream);
            case CreatePump pump -> {
                parser.checkDepth(pump.insert());
                pumps.remove(last(pump.name()));
                pumps.put(last(pump.name()), new DeclaredPump(pump, pump.stopped()));
            }
            case CreateFunction function -> {
                parser.checkDepth(function.body());
                functions.declare(function);
            }
            case AlterPump alter -> alter(alter);
            case DropStatement drop -> drop(drop);
            default ->
                throw new SqlCodeException(
                        statement.getParserPosition(),
                        "An application is made of CREATE STREAM, CREATE PUMP and CREATE FUNCTION; this statement is"
                                + " not supported");
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
        streams.put(name, new DeclaredStream(statement.name(), columns));
    }

    private void alter(AlterPump alter) {
        String name = last(alter.name());
        DeclaredPump pump = pumps.get(name);
        if (pump == null) {
            throw new SqlCodeException(alter.name().getParserPosition(), "There is no pump " + name);
        }
        pumps.put(name, new DeclaredPump(pump.statement(), !alter.start()));
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
                    "There is no " + drop.objectKind().toLowerCase(Locale.ROOT) + " " + name);
        }
    }

    private void checkTarget(DeclaredPump pump) {
        String target = pump.target();
        if (!streams.containsKey(target)) {
            throw new SqlCodeException(
                    pump.targetIdentifier().getParserPosition(), "There is no stream " + target + hint(target));
        }
    }

    private static String last(SqlIdentifier name) {
        return name.names.getLast();
    }
}
