package io.riacho.analytics.discovery;

import io.riacho.analytics.discovery.Discovery.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SourceSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Guesses the columns of JSON: an object a row, or an array of such; nested objects are flattened. */
final class JsonSchema {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_COLUMNS = 1000;
    private static final int MOST_DEPTH = 16;
    private static final int MOST_ROWS = 1000;
    private static final String OBJECTS = "$";
    private static final String ARRAYS = "$[0:]";

    private final Map<String, Leaf> leaves = new LinkedHashMap<>();

    private JsonSchema() {}

    private record Leaf(String key, List<String> path, String mapping, ColumnType type) {}

    /** Empty where the records are no JSON that rows could be made of. */
    static Optional<Found> guess(List<String> records) {
        List<JsonNode> rows = new ArrayList<>();
        boolean arrays = false;
        boolean objects = false;
        for (String record : records) {
            List<JsonNode> values = values(record);
            if (values == null) {
                return Optional.empty();
            }
            for (JsonNode value : values) {
                arrays |= value.isArray();
                objects |= value.isObject();
                for (JsonNode row : value.isArray() ? value : List.of(value)) {
                    if (!row.isObject()) {
                        return Optional.empty();
                    }
                    if (rows.size() < MOST_ROWS) {
                        rows.add(row);
                    }
                }
            }
        }
        if (rows.isEmpty() || arrays == objects) {
            return Optional.empty();
        }
        JsonSchema schema = new JsonSchema();
        rows.forEach(row -> schema.see(row, List.of(), 0));
        return schema.leaves.isEmpty()
                ? Optional.empty()
                : Optional.of(schema.found(rows, records, arrays ? ARRAYS : OBJECTS));
    }

    /** Whether the text is one value, an object or an array. */
    static boolean isOne(String text) {
        List<JsonNode> values = values(text);
        return values != null && values.size() == 1;
    }

    private static @Nullable List<JsonNode> values(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(trimmed)) {
            List<JsonNode> all = new ArrayList<>();
            while (parser.nextToken() != null && all.size() < MOST_ROWS) {
                all.add(JSON.readTree(parser));
            }
            return all;
        } catch (JacksonException e) {
            return null;
        }
    }

    private void see(JsonNode object, List<String> path, int depth) {
        object.properties().forEach(member -> {
            List<String> below = new ArrayList<>(path);
            below.add(member.getKey());
            JsonNode value = member.getValue();
            if (value.isObject() && !value.isEmpty() && depth < MOST_DEPTH) {
                see(value, below, depth + 1);
            } else if (isPlain(member.getKey())) {
                String mapping = "$." + String.join(".", below) + (value.isArray() ? "[0:]" : "");
                if (leaves.containsKey(mapping) || leaves.size() < MOST_COLUMNS) {
                    leaves.computeIfAbsent(
                                    mapping, _ -> new Leaf(member.getKey(), below, mapping, new ColumnType()))
                            .type()
                            .seeJson(value);
                }
            }
        });
    }

    /** Whether a path can have it. */
    private static boolean isPlain(String key) {
        return !key.isEmpty() && key.chars().noneMatch(c -> c <= ' ' || c == '.' || c == '[' || c == ']' || c == '$');
    }

    private Found found(List<JsonNode> rows, List<String> records, String rowPath) {
        ColumnNames names = new ColumnNames();
        List<RecordColumn> columns = leaves.values().stream()
                .map(leaf -> RecordColumn.builder()
                        .name(names.of(leaf.key()))
                        .mapping(leaf.mapping())
                        .sqlType(leaf.type().sql())
                        .build())
                .toList();
        List<List<String>> parsed = rows.stream()
                .map(row -> leaves.values().stream()
                        .map(leaf -> text(row, leaf.path()))
                        .toList())
                .toList();
        return new Found(
                SourceSchema.builder()
                        .recordFormat(format -> format.recordFormatType(RecordFormatType.JSON)
                                .mappingParameters(
                                        mapping -> mapping.jsonMappingParameters(json -> json.recordRowPath(rowPath))))
                        .recordEncoding("UTF-8")
                        .recordColumns(columns)
                        .build(),
                parsed,
                records);
    }

    private static String text(JsonNode row, List<String> path) {
        JsonNode value = row;
        for (String key : path) {
            value = value.path(key);
        }
        return value.isString() ? value.stringValue() : value.isMissingNode() ? "null" : value.toString();
    }
}
