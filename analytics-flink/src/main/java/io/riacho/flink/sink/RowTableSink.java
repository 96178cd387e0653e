package io.riacho.flink.sink;

import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** A table whose rows go to a destination. */
final class RowTableSink implements DynamicTableSink, SupportsPartitioning {

    private final Destination destination;
    private final Batching batching;
    private final EncodingFormat<SerializationSchema<RowData>> format;
    private final DataType physical;
    private final PartitionKeys keys;

    RowTableSink(
            Destination destination,
            Batching batching,
            EncodingFormat<SerializationSchema<RowData>> format,
            DataType physical,
            PartitionKeys keys) {
        this.destination = destination;
        this.batching = batching;
        this.format = format;
        this.physical = physical;
        this.keys = keys;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return format.getChangelogMode();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(
                new RowSink(destination, batching, format.createRuntimeEncoder(context, physical), keys));
    }

    @Override
    public void applyStaticPartition(Map<String, String> partition) {
        // The rows have these values already.
    }

    @Override
    public DynamicTableSink copy() {
        return new RowTableSink(destination, batching, format, physical, keys);
    }

    @Override
    public String asSummaryString() {
        return destination.name();
    }
}
