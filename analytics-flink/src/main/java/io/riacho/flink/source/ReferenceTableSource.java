package io.riacho.flink.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** An object of S3 as a table that is looked up in. */
final class ReferenceTableSource implements LookupTableSource {

    private final ReferenceObject object;
    private final DecodingFormat<DeserializationSchema<RowData>> format;
    private final DataType physical;

    ReferenceTableSource(
            ReferenceObject object, DecodingFormat<DeserializationSchema<RowData>> format, DataType physical) {
        this.object = object;
        this.format = format;
        this.physical = physical;
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        List<LogicalType> fields = physical.getLogicalType().getChildren();
        List<RowData.FieldGetter> inRow = new ArrayList<>();
        List<RowData.FieldGetter> inKey = new ArrayList<>();
        for (int[] key : context.getKeys()) {
            LogicalType type = fields.get(key[0]);
            if (key.length > 1
                    || type.getTypeRoot() == LogicalTypeRoot.BINARY
                    || type.getTypeRoot() == LogicalTypeRoot.VARBINARY) {
                throw new ValidationException("A reference table is not looked up in by " + type.asSummaryString());
            }
            inKey.add(RowData.createFieldGetter(type, inKey.size()));
            inRow.add(RowData.createFieldGetter(type, key[0]));
        }
        return LookupFunctionProvider.of(
                new ReferenceLookup(object, format.createRuntimeDecoder(context, physical), inRow, inKey));
    }

    @Override
    public DynamicTableSource copy() {
        return new ReferenceTableSource(object, format, physical);
    }

    @Override
    public String asSummaryString() {
        return object.toString();
    }
}
