package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the records of an input look like.
 *
 * @param json as the API has it
 */
record RecordSchema(boolean csv, List<Column> columns, String json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** JSON whose keys are the columns. */
    static RecordSchema of(List<Column> columns) {
        ObjectNode schema = JSON.createObjectNode();
        ObjectNode format = schema.putObject("RecordFormat");
        format.put("RecordFormatType", "JSON");
        format.putObject("MappingParameters").putObject("JSONMappingParameters").put("RecordRowPath", "$");
        schema.put("RecordEncoding", "UTF-8");
        ArrayNode all = schema.putArray("RecordColumns");
        for (Column column : columns) {
            all.addObject().put("Name", column.name()).put("SqlType", column.sqlType());
        }
        return new RecordSchema(false, columns, schema.toString());
    }

    /** As an application's own configuration has it. */
    static RecordSchema of(JsonNode schema) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : schema.path("RecordColumns")) {
            columns.add(new Column(
                    column.path("Name").asString(), column.path("SqlType").asString()));
        }
        String type = schema.path("RecordFormat").path("RecordFormatType").asString("JSON");
        return new RecordSchema(type.equals("CSV"), columns, schema.toString());
    }

    String record(Map<String, Object> row) {
        if (csv) {
            List<String> fields = new ArrayList<>();
            columns.forEach(c -> fields.add(String.valueOf(row.getOrDefault(c.name(), "0"))));
            return String.join(",", fields) + "\n";
        }
        return JSON.writeValueAsString(row);
    }
}
