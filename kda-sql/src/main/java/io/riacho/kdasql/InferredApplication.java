package io.riacho.kdasql;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.ApplicationCode.Reference;
import io.riacho.kdasql.statement.CreatePump;
import io.riacho.kdasql.statement.CreateStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * An application of which only the code is known: what it reads and does not declare are its inputs, whose columns and types follow from how they are used. A guess, for looking at a
 * translation; an application that runs has schemas.
 */
final class InferredApplication {
    private static final Pattern NO_COLUMN =
            Pattern.compile("(?:There is no column|The query has no column) (\\S+?)(?: in (\\S+?))?(?:;.*)?$");
    private static final Set<String> OF_THEIR_ARGUMENT =
            Set.of("MIN", "MAX", "AVG", "SUM", "FIRST_VALUE", "LAST_VALUE", "LAG", "FLOOR", "STEP");
    private static final String FILLER = "UNUSED";

    private final String text;
    private final Map<String, LinkedHashMap<String, String>> inputs = new LinkedHashMap<>();
    private final Set<String> references = new LinkedHashSet<>();
    private final Map<String, String> typeOf = new HashMap<>();
    private final List<CreatePump> pumps = new ArrayList<>();
    private final Map<String, List<String>> declared = new LinkedHashMap<>();
    private final Map<String, String> aliases = new HashMap<>();

    private InferredApplication(String text) {
        this.text = text;
    }

    /** The application with each option given to all tables of its kind; every stream that no pump reads is an output. */
    static ApplicationCode of(
            String text,
            Map<String, String> inputOptions,
            Map<String, String> referenceOptions,
            Map<String, String> outputOptions) {
        InferredApplication application = new InferredApplication(text);
        application.read();
        return application.inferred(inputOptions, referenceOptions, outputOptions);
    }

    private void read() {
        for (SqlNode statement : new ApplicationParser(Limits.DEFAULT).statements(text)) {
            if (statement instanceof CreateStream stream) {
                List<String> types = new ArrayList<>();
                stream.columns().forEach(c -> types.add(Type.of(c.type()).toString()));
                declared.put(stream.name().names.getLast(), types);
            } else if (statement instanceof CreatePump pump) {
                pumps.add(pump);
            }
        }
        for (CreatePump pump : pumps) {
            tables(pump.insert().getSource(), false);
            direct(pump);
            usage(pump.insert().getSource());
        }
        // An application has an input, also where a fragment shows none.
        if (inputs.isEmpty()) {
            inputs.put("SOURCE_SQL_STREAM_001", new LinkedHashMap<>());
        }
    }

    /** Notes tables that nobody declares; those that are joined without being numbered inputs are reference tables. */
    private void tables(@Nullable SqlNode node, boolean joined) {
        switch (node) {
            case SqlSelect select -> {
                from(select.getFrom(), false);
                select.getSelectList().forEach(n -> tables(n, false));
                tables(select.getWhere(), false);
            }
            case SqlCall call -> call.getOperandList().forEach(o -> tables(o, false));
            case SqlNodeList list -> list.forEach(o -> tables(o, false));
            case null, default -> {}
        }
    }

    private void from(@Nullable SqlNode node, boolean joined) {
        switch (node) {
            case SqlJoin join -> {
                from(join.getLeft(), false);
                from(join.getRight(), true);
            }
            case SqlBasicCall as
            when as.getKind() == SqlKind.AS -> {
                if (as.operand(0) instanceof SqlIdentifier name) {
                    aliases.put(((SqlIdentifier) as.operand(1)).getSimple(), name.names.getLast());
                }
                from(as.operand(0), joined);
            }
            case SqlBasicCall over when over.getKind() == SqlKind.OVER -> from(over.operand(0), joined);
            case SqlIdentifier name -> {
                String table = name.names.getLast();
                aliases.put(table, table);
                if (!declared.containsKey(table)) {
                    inputs.putIfAbsent(table, new LinkedHashMap<>());
                    if (joined && !table.matches(".*_\\d{3}")) {
                        references.add(table);
                    }
                }
            }
            case null -> {}
            default -> tables(node, joined);
        }
    }

    /** A column that goes straight into a target has the target's type. */
    private void direct(CreatePump pump) {
        SqlNode source = pump.insert().getSource();
        if (source instanceof SqlOrderBy order) {
            source = order.query;
        }
        List<String> types = declared.get(((SqlIdentifier) pump.insert().getTargetTable()).names.getLast());
        if (types == null || !(source instanceof SqlSelect select)) {
            return;
        }
        for (int i = 0; i < Math.min(types.size(), select.getSelectList().size()); i++) {
            SqlNode item = value(select.getSelectList().get(i));
            if (item instanceof SqlIdentifier name && !name.isStar()) {
                typeOf.putIfAbsent(name.names.getLast(), types.get(i));
            }
        }
    }

    /** The column behind an alias, a window and an aggregate of its own type. */
    private static SqlNode value(SqlNode item) {
        SqlNode current = item;
        while (current instanceof SqlCall call
                && call.operandCount() > 0
                && call.operand(0) != null
                && (OF_THEIR_ARGUMENT.contains(call.getOperator().getName())
                        || call.getKind() == SqlKind.AS
                        || call.getKind() == SqlKind.OVER
                        || call.getKind() == SqlKind.IGNORE_NULLS)) {
            current = call.operand(0);
        }
        return current;
    }

    private void usage(@Nullable SqlNode node) {
        if (node instanceof SqlNodeList list) {
            list.forEach(this::usage);
        }
        if (!(node instanceof SqlCall call)) {
            return;
        }
        String operator = call.getOperator().getName();
        if ((operator.startsWith("RANDOM_CUT_FOREST") || operator.equals("HOTSPOTS"))
                && call.operandCount() > 0
                && call.operand(0) instanceof SqlCall cursor
                && cursor.operandCount() > 0
                && cursor.operand(0) instanceof SqlSelect points) {
            points.getSelectList().forEach(this::number);
        }
        for (SqlNode operand : call.getOperandList()) {
            if (operand instanceof SqlIdentifier name && !name.isStar()) {
                String type = switch (call.getKind()) {
                    case PLUS, TIMES, DIVIDE -> "DOUBLE";
                    case MINUS -> call.operand(1) instanceof SqlIntervalLiteral ? "TIMESTAMP" : "DOUBLE";
                    case FLOOR -> call.operandCount() == 2 ? "TIMESTAMP" : "DOUBLE";
                    case EXTRACT -> "TIMESTAMP";
                    case EQUALS, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN ->
                        call.operand(1) instanceof SqlNumericLiteral literal
                                ? literal.isInteger() ? "INTEGER" : "DOUBLE"
                                : null;
                    default ->
                        switch (operator) {
                            case "STEP", "UNIX_TIMESTAMP", "TIMESTAMP_TO_CHAR" -> "TIMESTAMP";
                            case "TO_TIMESTAMP" -> "BIGINT";
                            case "SUM", "AVG" -> "DOUBLE";
                            default -> null;
                        };
                };
                if (type != null && (operator.equals("UNIX_TIMESTAMP") || operator.equals("TO_TIMESTAMP"))) {
                    typeOf.put(name.names.getLast(), type);
                } else if (type != null) {
                    typeOf.putIfAbsent(name.names.getLast(), type);
                }
            }
            usage(operand);
        }
    }

    private void number(SqlNode node) {
        if (node instanceof SqlIdentifier name && !name.isStar()) {
            typeOf.putIfAbsent(name.names.getLast(), "DOUBLE");
        }
    }

    private ApplicationCode inferred(
            Map<String, String> inputOptions, Map<String, String> referenceOptions, Map<String, String> outputOptions) {
        while (true) {
            ApplicationCode code = code(inputOptions, referenceOptions, outputOptions);
            try {
                Translator.translate(code);
                return code;
            } catch (SqlCodeException e) {
                if (!learn(e)) {
                    return code;
                }
            }
        }
    }

    private ApplicationCode code(
            Map<String, String> inputOptions, Map<String, String> referenceOptions, Map<String, String> outputOptions) {
        List<Input> in = new ArrayList<>();
        List<Reference> tables = new ArrayList<>();
        inputs.forEach((name, columns) -> {
            List<Column> all = new ArrayList<>();
            columns.forEach((column, type) -> all.add(new Column(column, type)));
            if (all.isEmpty()) {
                all.add(new Column(FILLER, "INTEGER"));
            }
            if (references.contains(name)) {
                tables.add(new Reference(name, all, referenceOptions));
            } else {
                in.add(new Input(name, all, inputOptions));
            }
        });
        List<Output> outputs = declared.keySet().stream()
                .filter(s -> pumps.stream().noneMatch(p -> mentions(p.insert().getSource(), s)))
                .map(s -> new Output(s, outputOptions))
                .toList();
        return new ApplicationCode(text, in, tables, outputs, Limits.DEFAULT);
    }

    /** Adds the column that is missing; says whether there was one. */
    private boolean learn(SqlCodeException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^line \\d+, column \\d+: ", "");
        Matcher matcher = NO_COLUMN.matcher(message);
        if (!matcher.find()) {
            return false;
        }
        String column = matcher.group(1);
        String alias = matcher.group(2);
        String table = alias == null ? null : aliases.get(alias);
        if (table == null || !inputs.containsKey(table)) {
            table = inputs.keySet().stream()
                    .filter(t -> pumps.stream()
                            .anyMatch(p -> covers(p, e) && mentions(p.insert().getSource(), t)))
                    .filter(t -> !references.contains(t))
                    .findFirst()
                    .orElse(null);
        }
        if (table == null) {
            return false;
        }
        return Objects.requireNonNull(inputs.get(table)).put(column, typeOf.getOrDefault(column, "VARCHAR(64)"))
                == null;
    }

    private static boolean covers(CreatePump pump, SqlCodeException e) {
        SqlParserPos position = pump.getParserPosition();
        return position.getLineNum() <= e.line() && e.line() <= position.getEndLineNum();
    }

    private static boolean mentions(@Nullable SqlNode node, String table) {
        return switch (node) {
            case SqlIdentifier name -> !name.isStar() && name.names.contains(table);
            case SqlCall call -> call.getOperandList().stream().anyMatch(o -> mentions(o, table));
            case SqlNodeList list -> list.getList().stream().anyMatch(o -> mentions(o, table));
            case null, default -> false;
        };
    }
}
