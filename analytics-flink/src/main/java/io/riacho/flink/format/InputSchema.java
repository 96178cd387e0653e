package io.riacho.flink.format;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application's input schema, as its API has it.
 *
 * @param rowPath of JSON; null for CSV
 * @param csv delimiters; null for JSON
 * @param columns in their order
 */
record InputSchema(@Nullable JsonPath rowPath, @Nullable CsvDelimiters csv, List<Column> columns)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    InputSchema {
        columns = List.copyOf(columns);
    }

    /** @param mapping null for CSV */
    record Column(String name, @Nullable JsonPath mapping) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Out of the API's {@code InputSchema} or {@code ReferenceSchema}.
     *
     * @throws ValidationException where it is none that records can be read with
     */
    static InputSchema parse(String json) {
        JsonNode schema;
        try {
            schema = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new ValidationException("The schema is no JSON", e);
        }
        String encoding = schema.path("RecordEncoding").asString("UTF-8");
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            throw new ValidationException("Of encodings only UTF-8 is known, not " + encoding);
        }
        JsonNode format = schema.path("RecordFormat");
        JsonNode parameters = format.path("MappingParameters");
        String type = format.path("RecordFormatType").asString("");
        InputSchema parsed = switch (type) {
            case "JSON" -> {
                JsonPath rows = JsonPath.parse(parameters
                        .path("JSONMappingParameters")
                        .path("RecordRowPath")
                        .asString("$"));
                yield new InputSchema(rows, null, columns(schema, true));
            }
            case "CSV" -> {
                JsonNode csv = parameters.path("CSVMappingParameters");
                CsvDelimiters delimiters = CsvDelimiters.of(
                        csv.path("RecordRowDelimiter").asString("\n"),
                        csv.path("RecordColumnDelimiter").asString(","));
                yield new InputSchema(null, delimiters, columns(schema, false));
            }
            default -> throw new ValidationException("A record's format is JSON or CSV, not '" + type + "'");
        };
        if (parsed.columns.isEmpty()) {
            throw new ValidationException("The schema has no columns");
        }
        parsed.checkArrays();
        return parsed;
    }

    private static List<Column> columns(JsonNode schema, boolean isJson) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : schema.path("RecordColumns")) {
            String name = column.path("Name").asString("");
            JsonPath mapping = null;
            if (isJson) {
                String path = column.path("Mapping").asString("");
                mapping = path.isEmpty() ? new JsonPath(List.of(name), false, List.of()) : JsonPath.parse(path);
            }
            columns.add(new Column(name, mapping));
        }
        return columns;
    }

    /** Only one array can be taken apart. */
    private void checkArrays() {
        long arrays = columns.stream()
                .map(Column::mapping)
                .filter(mapping -> mapping != null && mapping.flattens())
                .map(mapping -> mapping == null ? List.of() : mapping.before())
                .distinct()
                .count();
        if (arrays > 1) {
            throw new ValidationException("Only one array of a schema can be taken apart into rows");
        }
    }
}
