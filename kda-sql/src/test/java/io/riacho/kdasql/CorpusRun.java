package io.riacho.kdasql;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.ApplicationCode.Reference;
import io.riacho.kdasql.GivenRows.Given;
import io.riacho.kdasql.RecordedStream.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One published application, run by Flink on records made for it, and what came of it. */
final class CorpusRun {
    private static final int RECORDS = 420;
    private static final int REFERENCES = 25;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String ERRORS = "error_stream";

    private final ApplicationCode code;
    private final Expectations expectations;
    private final Translation translation;
    private final int records;
    private final Map<String, List<Row>> rows = new TreeMap<>();

    /**
     * What came of a run.
     *
     * @param records of all inputs, the unreadable ones too
     * @param rows by stream, of {@code error_stream} too
     * @param wrong what is not plausible
     */
    record Outcome(int statements, int records, Map<String, Integer> rows, List<String> wrong) {}

    /** Makes the records. */
    CorpusRun(Path file, List<String> schemas) throws Exception {
        String text = PublishedText.whole(Files.readString(file));
        ApplicationCode guessed = InferredApplication.of(text, Map.of(), Map.of(), Map.of());
        PublishedRecords made =
                new PublishedRecords(text, file.getFileName().toString().hashCode());
        Map<String, RecordSchema> given = schemas(schemas);
        Map<String, Expectations.Known> known = new HashMap<>();
        List<Input> inputs = new ArrayList<>();
        for (Input input : guessed.inputs()) {
            RecordSchema schema = given.getOrDefault(input.name(), RecordSchema.of(wide(input.columns())));
            List<Map<String, Object>> values = made.rows(schema, RECORDS);
            List<Recorded> recorded = new ArrayList<>();
            for (int n = 0; n < RECORDS; n++) {
                recorded.add(new Recorded(PublishedRecords.read(n), schema.record(values.get(n))));
            }
            recorded.add(PublishedRecords.unreadable(schema, RECORDS));
            inputs.add(new Input(
                    input.name(),
                    schema.columns(),
                    RecordedStream.options(file.getFileName() + input.name(), schema.json(), recorded)));
            known.put(input.name(), known(schema.columns(), values));
        }
        List<Reference> references = new ArrayList<>();
        for (Reference reference : guessed.references()) {
            RecordSchema schema = given.getOrDefault(reference.name(), RecordSchema.of(wide(reference.columns())));
            List<Map<String, Object>> values = made.rows(schema, REFERENCES);
            List<Given> table = values.stream()
                    .map(v -> new Given(TimestampData.fromEpochMillis(0), v))
                    .toList();
            references.add(new Reference(
                    reference.name(),
                    schema.columns(),
                    GivenRows.options(file.getFileName() + reference.name(), table)));
            known.put(reference.name(), known(schema.columns(), values));
        }
        expectations = new Expectations(text, known);
        List<Output> outputs = new ArrayList<>();
        for (String stream : expectations.streams()) {
            outputs.add(new Output(stream, CollectedRows.options(stream)));
        }
        outputs.add(new Output(ERRORS, CollectedRows.options(ERRORS)));
        records = inputs.size() * (RECORDS + 1);
        code = new ApplicationCode(text, inputs, references, outputs, Limits.DEFAULT);
        translation = Translator.translate(code);
    }

    /** Lines of logs are longer than what a column is guessed to hold. */
    private static List<Column> wide(List<Column> columns) {
        return columns.stream()
                .map(c -> c.sqlType().equals("VARCHAR(64)")
                                || c.sqlType().startsWith("VARCHAR")
                                        && c.name().toLowerCase(Locale.ROOT).contains("log")
                        ? new Column(c.name(), "VARCHAR(256)")
                        : c)
                .toList();
    }

    /** Schemas of the application's own configuration, by input stream and reference table. */
    private static Map<String, RecordSchema> schemas(List<String> configurations) {
        Map<String, RecordSchema> schemas = new HashMap<>();
        for (String configuration : configurations) {
            JsonNode json = JsonMapper.builder().build().readTree(configuration);
            for (JsonNode parent : json.findParents("InputSchema")) {
                schemas.put(parent.path("NamePrefix").asString() + "_001", RecordSchema.of(parent.path("InputSchema")));
            }
            for (JsonNode parent : json.findParents("ReferenceSchema")) {
                schemas.put(parent.path("TableName").asString(), RecordSchema.of(parent.path("ReferenceSchema")));
            }
        }
        return schemas;
    }

    private static Expectations.Known known(List<Column> columns, List<Map<String, Object>> values) {
        List<Expectations.Column> all = new ArrayList<>();
        for (Column column : columns) {
            List<Object> own = values.stream()
                    .map(v -> v.get(column.name()))
                    .filter(Objects::nonNull)
                    .toList();
            // Times are written as texts.
            boolean time = Type.parse(column.sqlType()).kind() == Type.Kind.TIMESTAMP;
            Plausible plausible = time
                    ? new Plausible.Between(PublishedRecords.START - 20_000.0, PublishedRecords.read(RECORDS))
                    : Plausible.of(own);
            all.add(new Expectations.Column(column.name(), plausible));
        }
        return new Expectations.Known(all, values.size(), true);
    }

    Outcome outcome() throws Exception {
        new FlinkSession(translation).run(LIMIT);
        code.outputs().forEach(o -> rows.put(o.stream(), CollectedRows.take(o.stream())));
        List<String> wrong = new ArrayList<>();
        expectations.streams().forEach(stream -> judge(stream, wrong));
        int unread = code.inputs().size();
        int failed = rows.getOrDefault(ERRORS, List.of()).size() - unread;
        if (failed != 0) {
            wrong.add("error_stream has %d rows, %d of them unreadable records".formatted(failed + unread, unread));
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        rows.forEach((stream, all) -> counts.put(stream, all.size()));
        return new Outcome(expectations.statements(), records, counts, wrong);
    }

    List<Row> rows(String stream) {
        return rows.getOrDefault(stream, List.of());
    }

    private void judge(String stream, List<String> wrong) {
        Expectations.Known known = expectations.of(stream);
        List<Row> all = rows(stream);
        if (all.isEmpty()) {
            wrong.add(stream + " has no rows");
        }
        if (known.exact() ? all.size() != known.rows() : all.size() > known.rows()) {
            wrong.add("%s has %d rows, %s %d are due"
                    .formatted(stream, all.size(), known.exact() ? "exactly" : "at most", known.rows()));
        }
        List<Translation.StreamColumn> columns = translation.streams().stream()
                .filter(s -> s.name().equals(stream))
                .findFirst()
                .orElseThrow()
                .columns();
        for (int i = 0; i < columns.size(); i++) {
            Plausible plausible =
                    i < known.columns().size() ? known.columns().get(i).values() : null;
            boolean values = false;
            for (Row row : all) {
                Object value = row.getField(i);
                if (value == null) {
                    continue;
                }
                values = true;
                if (value instanceof String text && text.length() > length(columns.get(i))) {
                    wrong.add("%s.%s is too long: %s"
                            .formatted(stream, columns.get(i).name(), text));
                    break;
                }
                if (!Plausible.allows(plausible, value)) {
                    wrong.add("%s.%s has %s, out of %s"
                            .formatted(stream, columns.get(i).name(), value, plausible));
                    break;
                }
                if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
                    wrong.add("%s.%s has %s".formatted(stream, columns.get(i).name(), value));
                    break;
                }
            }
            if (!values && !all.isEmpty()) {
                wrong.add(
                        "%s.%s is always NULL".formatted(stream, columns.get(i).name()));
            }
        }
    }

    private static int length(Translation.StreamColumn column) {
        int length = Type.parse(column.flinkType().equals("STRING") ? "VARCHAR" : column.flinkType())
                .precision();
        return length < 0 ? Integer.MAX_VALUE : length;
    }
}
