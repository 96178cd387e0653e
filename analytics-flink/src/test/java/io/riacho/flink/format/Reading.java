package io.riacho.flink.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** Records read with a schema, whose last column is the error. */
final class Reading {

    private final RecordReader reader;

    private Reading(InputSchema schema, List<LogicalType> types) {
        List<Coercion> coercions = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            coercions.add(new Coercion("C" + i, types.get(i)));
        }
        List<LogicalType> all = new ArrayList<>(types);
        all.add(VarCharType.STRING_TYPE);
        reader = new RecordReader(
                schema,
                coercions,
                IntStream.range(0, types.size()).boxed().toList(),
                all.size(),
                types.size(),
                InternalTypeInfo.of(RowType.of(all.toArray(LogicalType[]::new))));
    }

    /** JSON whose columns have these paths. */
    static Reading json(String rowPath, List<String> paths, LogicalType... types) {
        List<InputSchema.Column> columns = new ArrayList<>();
        for (String path : paths) {
            columns.add(new InputSchema.Column("C" + columns.size(), JsonPath.parse(path)));
        }
        return new Reading(new InputSchema(JsonPath.parse(rowPath), null, columns), List.of(types));
    }

    /** JSON of the form {@code {"v": value}}. */
    static Reading value(LogicalType type) {
        return json("$", List.of("$.v"), type);
    }

    static Reading csv(String row, String column, LogicalType... types) {
        List<InputSchema.Column> columns = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            columns.add(new InputSchema.Column("C" + i, null));
        }
        return new Reading(new InputSchema(null, CsvDelimiters.of(row, column), columns), List.of(types));
    }

    List<RowData> rows(byte[] record) {
        List<RowData> rows = new ArrayList<>();
        reader.deserialize(record, new ListCollector<>(rows));
        return rows;
    }

    List<RowData> rows(String record) {
        return rows(record.getBytes(StandardCharsets.UTF_8));
    }

    /** The rows' values as texts, of an error {@code ERROR}. */
    List<String> texts(String record) {
        return rows(record).stream().map(Reading::text).toList();
    }

    private static String text(RowData row) {
        GenericRowData fields = (GenericRowData) row;
        int last = fields.getArity() - 1;
        if (fields.getField(last) != null) {
            return "ERROR";
        }
        return String.join(
                "|",
                IntStream.range(0, last)
                        .mapToObj(i -> String.valueOf(fields.getField(i)))
                        .toList());
    }
}
