package io.riacho.flink.source;

import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/** A Kinesis data stream as an unbounded source of rows. */
final class KinesisSource
        implements Source<RowData, ShardSplit, EnumeratorState>,
                SupportsSplitReassignmentOnRecovery,
                ResultTypeQueryable<RowData> {

    private static final long serialVersionUID = 1L;

    /** By the name that Managed Service for Apache Flink gives it. */
    static final String BEHIND = "millisBehindLatest";

    private final StreamSettings settings;
    private final DeserializationSchema<RowData> format;
    private final List<LogicalType> fields;
    private final List<RowMetadata> metadata;
    private final TypeInformation<RowData> type;
    private final RecordFunction.@Nullable Settings function;
    private final long tick;

    /**
     * @param fields types of the format's columns
     * @param type of the columns and the metadata
     * @param tick how often the clock's watermark moves, in milliseconds; 0 where the watermark is not the clock
     */
    KinesisSource(
            StreamSettings settings,
            DeserializationSchema<RowData> format,
            List<LogicalType> fields,
            List<RowMetadata> metadata,
            TypeInformation<RowData> type,
            RecordFunction.@Nullable Settings function,
            long tick) {
        this.settings = settings;
        this.format = format;
        this.fields = List.copyOf(fields);
        this.metadata = List.copyOf(metadata);
        this.type = type;
        this.function = function;
        this.tick = tick;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RowData, ShardSplit> createReader(SourceReaderContext context) throws Exception {
        format.open(new Opening(context));
        Queue<String> released = new ConcurrentLinkedQueue<>();
        Lags lags = new Lags();
        RowClock clock = new RowClock(InstantSource.system());
        Gauge<Long> behind = lags::furthest;
        context.metricGroup().gauge(BEHIND, behind);
        RowData.FieldGetter[] getters = new RowData.FieldGetter[fields.size()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = RowData.createFieldGetter(fields.get(i), i);
        }
        RowEmitter emitter = new RowEmitter(
                format, getters, metadata, clock, shard -> context.sendSourceEventToCoordinator(new ShardEnded(shard)));
        return new KinesisReader(
                () -> new ShardReader(settings, released, lags, RecordFunction.open(function)),
                emitter,
                released,
                clock,
                tick,
                context);
    }

    @Override
    public SplitEnumerator<ShardSplit, EnumeratorState> createEnumerator(SplitEnumeratorContext<ShardSplit> context) {
        return new KinesisEnumerator(context, settings, null);
    }

    @Override
    public SplitEnumerator<ShardSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ShardSplit> context, EnumeratorState state) {
        return new KinesisEnumerator(context, settings, state);
    }

    @Override
    public SimpleVersionedSerializer<ShardSplit> getSplitSerializer() {
        return new ShardSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return type;
    }

    private record Opening(SourceReaderContext context) implements DeserializationSchema.InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            return context.metricGroup().addGroup("deserializer");
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return context.getUserCodeClassLoader();
        }
    }
}
