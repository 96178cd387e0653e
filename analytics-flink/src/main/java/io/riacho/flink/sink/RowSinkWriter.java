package io.riacho.flink.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes records of rows; one that is too large for its destination is left out, counted and told of in the log. */
final class RowSinkWriter implements StatefulSinkWriter<RowData, BufferedRequestState<SinkEntry>> {

    private static final Logger LOG = LoggerFactory.getLogger(RowSinkWriter.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final Destination destination;
    private final SerializationSchema<RowData> format;
    private final PartitionKeys keys;
    private final BatchWriter batches;
    private final Counter tooLarge;
    private long toldAt = System.nanoTime() - QUIET_NANOS;

    RowSinkWriter(
            Destination destination,
            Batching batching,
            SerializationSchema<RowData> format,
            PartitionKeys keys,
            WriterInitContext context,
            Collection<BufferedRequestState<SinkEntry>> recovered) {
        this.destination = destination;
        this.format = format;
        this.keys = keys;
        this.batches = new BatchWriter(destination, batching, context, recovered);
        this.tooLarge = context.metricGroup().getNumRecordsOutErrorsCounter();
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        SinkEntry entry = new SinkEntry(keys.of(row), format.serialize(row), 0);
        if (entry.bytes() > destination.largestRecord()) {
            tooLarge.inc();
            if (System.nanoTime() - toldAt >= QUIET_NANOS) {
                toldAt = System.nanoTime();
                LOG.warn(
                        "A row has {} bytes, more than {} takes, so it is left out", entry.bytes(), destination.name());
            }
            return;
        }
        batches.write(entry, context);
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        batches.flush(endOfInput);
    }

    @Override
    public List<BufferedRequestState<SinkEntry>> snapshotState(long checkpoint) {
        return batches.snapshotState(checkpoint);
    }

    @Override
    public void close() {
        batches.close();
    }
}
