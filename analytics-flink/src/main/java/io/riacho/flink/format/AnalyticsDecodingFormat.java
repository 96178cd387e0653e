package io.riacho.flink.format;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** The format {@code kinesis-analytics}, to read. */
public final class AnalyticsDecodingFormat implements DecodingFormat<DeserializationSchema<RowData>> {

    private final InputSchema schema;
    private final @Nullable String function;
    private final String application;

    AnalyticsDecodingFormat(InputSchema schema, @Nullable String function, String application) {
        this.schema = schema;
        this.function = function;
        this.application = application;
    }

    /** The ARN of the function that processes records before; null where there is none. */
    public @Nullable String function() {
        return function;
    }

    /** The ARN of the application that the function is told of. */
    public String application() {
        return application;
    }

    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(DynamicTableSource.Context context, DataType physical) {
        RowType row = (RowType) physical.getLogicalType();
        List<Coercion> coercions = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int errorPlace = row.getFieldNames().indexOf(AnalyticsFormatOptions.ERROR_COLUMN);
        for (int i = 0; i < row.getFieldCount(); i++) {
            if (i != errorPlace) {
                places.add(i);
                coercions.add(new Coercion(row.getFieldNames().get(i), row.getTypeAt(i)));
            }
        }
        if (places.size() != schema.columns().size()) {
            throw new ValidationException("The table has " + places.size() + " columns, its schema "
                    + schema.columns().size());
        }
        return new RecordReader(
                schema, coercions, places, row.getFieldCount(), errorPlace, context.createTypeInformation(physical));
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }
}
