package io.riacho.flink.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A record of a row: an object of JSON with the columns' names as they are stored, NULL as {@code null}; or a line of CSV,
 * NULL as nothing. Used by one thread.
 */
public final class RowWriter implements SerializationSchema<RowData> {

    private static final long serialVersionUID = 1L;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int TYPICAL_BYTES = 256;

    private final List<RowText> columns;
    private final @Nullable CsvDelimiters csv;
    private final String end;

    /** @param csv null for JSON */
    RowWriter(RowType type, @Nullable CsvDelimiters csv, String end) {
        this.columns = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            columns.add(new RowText(type.getFieldNames().get(i), type.getTypeAt(i), i));
        }
        this.csv = csv;
        this.end = end;
    }

    /**
     * A writer of JSON without anything after it.
     *
     * @throws ValidationException where a column has no form in JSON
     */
    public static RowWriter json(RowType type) {
        return new RowWriter(type, null, "");
    }

    @Override
    public byte[] serialize(RowData row) {
        return csv == null ? json(row) : line(row, csv);
    }

    private byte[] json(RowData row) {
        ByteArrayOutputStream record = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), record)) {
            json.writeStartObject();
            for (RowText column : columns) {
                String text = column.of(row);
                json.writeName(column.name());
                if (text == null) {
                    json.writeNull();
                } else if (column.isBare(text)) {
                    json.writeRawValue(text);
                } else {
                    json.writeString(text);
                }
            }
            json.writeEndObject();
        }
        record.writeBytes(end.getBytes(StandardCharsets.UTF_8));
        return record.toByteArray();
    }

    private byte[] line(RowData row, CsvDelimiters delimiters) {
        StringBuilder line = new StringBuilder(TYPICAL_BYTES);
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                line.append(delimiters.column());
            }
            String text = columns.get(i).of(row);
            if (text != null) {
                line.append(quoted(text, delimiters));
            }
        }
        return line.append(end).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text, CsvDelimiters delimiters) {
        boolean plain = !text.contains(delimiters.column())
                && !text.contains(delimiters.row())
                && text.indexOf('"') < 0
                && text.indexOf('\n') < 0
                && text.indexOf('\r') < 0;
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
