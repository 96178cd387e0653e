package io.riacho.flink.source;

import io.riacho.flink.format.UnreadableRecords;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Makes rows of records. Used by the reader's thread. */
final class RowEmitter implements RecordEmitter<ReadRecord, RowData, ShardState> {

    private final DeserializationSchema<RowData> format;
    private final RowData.FieldGetter[] fields;
    private final List<RowMetadata> metadata;
    private final RowClock clock;
    private final Consumer<String> ended;
    private final Rows rows = new Rows();

    /**
     * @param fields of the format's rows
     * @param ended told of shards whose end has been given out
     */
    RowEmitter(
            DeserializationSchema<RowData> format,
            RowData.FieldGetter[] fields,
            List<RowMetadata> metadata,
            RowClock clock,
            Consumer<String> ended) {
        this.format = format;
        this.fields = fields;
        this.metadata = metadata;
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    public void emitRecord(ReadRecord record, SourceOutput<RowData> output, ShardState state) throws Exception {
        if (record == ReadRecord.END) {
            state.moveTo(new Position.End());
            ended.accept(state.shardId());
            return;
        }
        byte[] data = record.data();
        if (data != null) {
            rows.of(record, output, state.shardId());
            String failure = record.failure();
            if (failure == null) {
                format.deserialize(data, rows);
            } else if (format instanceof UnreadableRecords unreadable) {
                rows.collect(unreadable.row(data, failure));
            }
        }
        state.moveTo(record.position());
    }

    private final class Rows implements Collector<RowData> {

        private @Nullable ReadRecord record;
        private @Nullable SourceOutput<RowData> output;
        private String shardId = "";

        void of(ReadRecord read, SourceOutput<RowData> to, String shard) {
            record = read;
            output = to;
            shardId = shard;
        }

        @Override
        public void collect(@Nullable RowData row) {
            ReadRecord of = record;
            SourceOutput<RowData> to = output;
            // A format that leaves out what it cannot read gives null.
            if (row != null && of != null && to != null) {
                to.collect(metadata.isEmpty() ? row : with(row, of), of.arrival());
            }
        }

        private RowData with(RowData row, ReadRecord of) {
            GenericRowData whole = new GenericRowData(row.getRowKind(), fields.length + metadata.size());
            for (int i = 0; i < fields.length; i++) {
                whole.setField(i, fields[i].getFieldOrNull(row));
            }
            long rowtime = clock.now();
            for (int i = 0; i < metadata.size(); i++) {
                whole.setField(fields.length + i, metadata.get(i).value(of, shardId, rowtime));
            }
            return whole;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
