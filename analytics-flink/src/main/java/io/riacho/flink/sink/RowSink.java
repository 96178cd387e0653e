package io.riacho.flink.sink;

import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Rows that go somewhere in batches, at least once. */
final class RowSink implements Sink<RowData>, SupportsWriterState<RowData, BufferedRequestState<SinkEntry>> {

    private static final long serialVersionUID = 1L;

    private final Destination destination;
    private final Batching batching;
    private final SerializationSchema<RowData> format;
    private final PartitionKeys keys;

    RowSink(Destination destination, Batching batching, SerializationSchema<RowData> format, PartitionKeys keys) {
        this.destination = destination;
        this.batching = batching;
        this.format = format;
        this.keys = keys;
    }

    @Override
    public RowSinkWriter createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public RowSinkWriter restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<SinkEntry>> recovered) {
        try {
            format.open(context.asSerializationSchemaInitializationContext());
        } catch (Exception e) {
            throw new IllegalStateException("The format of " + destination.name() + " cannot be used", e);
        }
        return new RowSinkWriter(destination, batching, format, keys, context, recovered);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<SinkEntry>> getWriterStateSerializer() {
        return new SinkEntrySerializer();
    }
}
