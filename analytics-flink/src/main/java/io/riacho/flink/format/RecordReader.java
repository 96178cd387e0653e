package io.riacho.flink.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Rows of records, as an input schema says. A record or row that cannot be read becomes a row with nothing but its error.
 * Used by one thread.
 */
final class RecordReader implements DeserializationSchema<RowData>, UnreadableRecords {

    private static final long serialVersionUID = 1L;

    private static final String PARSE_ERROR = "Parse error";
    private static final String COERCION_ERROR = "Coercion error";
    private static final String FUNCTION_ERROR = "Lambda processing error";

    private final InputSchema schema;
    private final List<Coercion> coercions;
    private final List<Integer> places;
    private final int width;
    private final int errorPlace;
    private final TypeInformation<RowData> type;

    /**
     * @param coercions one for each of the schema's columns
     * @param places where these columns are in a row
     * @param width of a row
     * @param errorPlace where the error is in a row; -1 where it has none, so that what cannot be read gives no row
     */
    RecordReader(
            InputSchema schema,
            List<Coercion> coercions,
            List<Integer> places,
            int width,
            int errorPlace,
            TypeInformation<RowData> type) {
        this.schema = schema;
        this.coercions = new ArrayList<>(coercions);
        this.places = new ArrayList<>(places);
        this.width = width;
        this.errorPlace = errorPlace;
        this.type = type;
    }

    @Override
    public void deserialize(byte[] record, Collector<RowData> out) {
        String text = new String(record, StandardCharsets.UTF_8);
        CsvDelimiters delimiters = schema.csv();
        if (delimiters != null) {
            csv(record, new CsvRows(text, delimiters), out);
            return;
        }
        List<JsonValue> values;
        try {
            values = JsonValue.readAll(text);
        } catch (JacksonException e) {
            error(PARSE_ERROR, "The record is no JSON: " + e.getOriginalMessage(), record, out);
            return;
        }
        for (JsonValue value : values) {
            json(record, value, out);
        }
    }

    @Override
    public RowData row(byte[] data, String reason) {
        return errorRow(FUNCTION_ERROR, reason, data);
    }

    private void csv(byte[] record, CsvRows rows, Collector<RowData> out) {
        while (rows.hasNext()) {
            List<String> fields = rows.next();
            GenericRowData row = new GenericRowData(width);
            try {
                for (int i = 0; i < coercions.size() && i < fields.size(); i++) {
                    row.setField(places.get(i), coercions.get(i).convertField(fields.get(i)));
                }
                out.collect(row);
            } catch (CoercionException e) {
                error(COERCION_ERROR, String.valueOf(e.getMessage()), record, out);
            }
        }
    }

    private void json(byte[] record, JsonValue value, Collector<RowData> out) {
        JsonPath rowPath = schema.rowPath() == null ? JsonPath.ROOT : schema.rowPath();
        JsonValue at = JsonPath.find(value, rowPath.before());
        if (at == null) {
            row(record, value, null, out);
        } else if (rowPath.isArray() || at.kind() == JsonValue.Kind.ARRAY) {
            for (JsonValue element : at.elements()) {
                JsonValue row = JsonPath.find(element, rowPath.after());
                row(record, value, row, out);
            }
        } else {
            row(record, value, at, out);
        }
    }

    /** The rows of one value at the row path: several, where columns take an array apart. */
    private void row(byte[] record, JsonValue whole, @Nullable JsonValue row, Collector<RowData> out) {
        int rows = 1;
        for (InputSchema.Column column : schema.columns()) {
            JsonPath path = mapping(column);
            if (path.flattens()) {
                rows = Math.max(rows, array(whole, row, path).size());
            }
        }
        for (int i = 0; i < rows; i++) {
            GenericRowData made = new GenericRowData(width);
            try {
                for (int c = 0; c < coercions.size(); c++) {
                    JsonValue value = value(whole, row, mapping(schema.columns().get(c)), i);
                    made.setField(places.get(c), coercions.get(c).convert(value));
                }
                out.collect(made);
            } catch (CoercionException e) {
                error(COERCION_ERROR, String.valueOf(e.getMessage()), record, out);
            }
        }
    }

    /** A path that goes through the row path is of the row; another one is looked for in the row, then in the record. */
    private JsonPath mapping(InputSchema.Column column) {
        JsonPath path = column.mapping() == null ? JsonPath.ROOT : column.mapping();
        JsonPath rowPath = schema.rowPath();
        JsonPath within = rowPath == null || rowPath.equals(JsonPath.ROOT) ? null : path.within(rowPath);
        return within == null ? path : within;
    }

    private static @Nullable JsonValue value(JsonValue whole, @Nullable JsonValue row, JsonPath path, int element) {
        if (!path.flattens()) {
            JsonValue found = JsonPath.find(row, path.before());
            return found != null || row == whole ? found : JsonPath.find(whole, path.before());
        }
        List<JsonValue> elements = array(whole, row, path);
        return element < elements.size() ? JsonPath.find(elements.get(element), path.after()) : null;
    }

    private static List<JsonValue> array(JsonValue whole, @Nullable JsonValue row, JsonPath path) {
        JsonValue found = JsonPath.find(row, path.before());
        JsonValue array = found != null || row == whole ? found : JsonPath.find(whole, path.before());
        return array == null ? List.of() : array.elements();
    }

    private void error(String name, String message, byte[] record, Collector<RowData> out) {
        if (errorPlace >= 0) {
            out.collect(errorRow(name, message, record));
        }
    }

    private GenericRowData errorRow(String name, String message, byte[] record) {
        GenericRowData row = new GenericRowData(width);
        if (errorPlace >= 0) {
            row.setField(errorPlace, StringData.fromString(ErrorRow.of(name, message, record)));
        }
        return row;
    }

    @Override
    public RowData deserialize(byte[] record) {
        throw new UnsupportedOperationException("a record may have several rows");
    }

    @Override
    public boolean isEndOfStream(RowData row) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return type;
    }
}
