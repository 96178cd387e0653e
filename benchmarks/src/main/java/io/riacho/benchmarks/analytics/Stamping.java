package io.riacho.benchmarks.analytics;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/** Makes rows of numbers: decodes a record from memory and appends the metadata, as the source of streams does. */
final class Stamping extends ProcessFunction<Long, RowData> {

    static final String ROWTIME = "rowtime";

    private static final long serialVersionUID = 1;
    private static final int DISTINCT = 1 << 13;

    private final DeserializationSchema<RowData> format;
    private final RowData.FieldGetter[] fields;
    private final boolean[] isRowtime;
    private transient byte @Nullable [][] records;
    private transient @Nullable Stamped stamped;

    Stamping(DeserializationSchema<RowData> format, List<LogicalType> types, List<String> metadata) {
        this.format = format;
        this.fields = new RowData.FieldGetter[types.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = RowData.createFieldGetter(types.get(i), i);
        }
        this.isRowtime = new boolean[metadata.size()];
        for (int i = 0; i < isRowtime.length; i++) {
            isRowtime[i] = metadata.get(i).equals(ROWTIME);
        }
    }

    @Override
    public void open(OpenContext context) throws Exception {
        records = new Ticks().next(DISTINCT).toArray(new byte[0][]);
        stamped = new Stamped();
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        format.open(new DeserializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
                return metrics;
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
                throw new UnsupportedOperationException();
            }
        });
    }

    @Override
    public void processElement(Long number, Context context, Collector<RowData> out) throws Exception {
        Stamped to = Objects.requireNonNull(stamped);
        to.out = out;
        format.deserialize(Objects.requireNonNull(records)[(int) (number & (DISTINCT - 1))], to);
    }

    private final class Stamped implements Collector<RowData> {

        private @Nullable Collector<RowData> out;

        @Override
        public void collect(RowData row) {
            GenericRowData whole = new GenericRowData(row.getRowKind(), fields.length + isRowtime.length);
            for (int i = 0; i < fields.length; i++) {
                whole.setField(i, fields[i].getFieldOrNull(row));
            }
            TimestampData now = TimestampData.fromEpochMillis(System.currentTimeMillis());
            for (int i = 0; i < isRowtime.length; i++) {
                whole.setField(fields.length + i, isRowtime[i] ? now : null);
            }
            if (out != null) {
                out.collect(whole);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
