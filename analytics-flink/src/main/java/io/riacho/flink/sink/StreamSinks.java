package io.riacho.flink.sink;

import io.riacho.flink.access.ServiceAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Tables that are written to Kinesis data streams. */
public final class StreamSinks {

    private StreamSinks() {}

    /**
     * @param stream its ARN or its name
     * @param partitionColumns of the table; empty where it is not partitioned
     * @throws ValidationException where options contradict each other
     */
    public static DynamicTableSink kinesis(
            ServiceAccess access,
            String stream,
            ReadableConfig table,
            EncodingFormat<SerializationSchema<RowData>> format,
            DataType physical,
            List<String> partitionColumns) {
        return new RowTableSink(
                new StreamDestination(access, stream),
                Batching.read(table, StreamDestination.MOST_RECORDS, StreamDestination.MOST_BYTES),
                format,
                physical,
                keys(table, physical, partitionColumns));
    }

    private static PartitionKeys keys(ReadableConfig table, DataType physical, List<String> partitionColumns) {
        String partitioner = table.getOptional(StreamSinkOptions.PARTITIONER).orElse(null);
        if (!partitionColumns.isEmpty()) {
            if (partitioner != null) {
                throw new ValidationException(
                        "A table that is PARTITIONED BY columns has no '" + StreamSinkOptions.PARTITIONER.key() + "'");
            }
            return new PartitionKeys.Columns(
                    getters((RowType) physical.getLogicalType(), partitionColumns),
                    table.get(StreamSinkOptions.FIELD_DELIMITER));
        }
        if (partitioner == null || partitioner.equals("random")) {
            return new PartitionKeys.Random();
        }
        if (partitioner.equals("fixed")) {
            return new PartitionKeys.Fixed(UUID.randomUUID().toString());
        }
        throw new ValidationException(
                "'" + StreamSinkOptions.PARTITIONER.key() + "' is neither 'random' nor 'fixed': " + partitioner);
    }

    private static List<RowData.FieldGetter> getters(RowType row, List<String> columns) {
        List<RowData.FieldGetter> getters = new ArrayList<>();
        for (String column : columns) {
            int place = row.getFieldIndex(column);
            getters.add(RowData.createFieldGetter(row.getTypeAt(place), place));
        }
        return getters;
    }
}
