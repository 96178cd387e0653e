package io.riacho.benchmarks.analytics;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** So many records from memory, decoded and stamped with the clock as those of a stream are. */
final class InMemoryTableSource implements ScanTableSource, SupportsReadingMetadata, SupportsSourceWatermark {

    private final DecodingFormat<DeserializationSchema<RowData>> format;
    private final DataType physical;
    private final long records;

    private List<String> metadata = List.of();
    private DataType produced;

    InMemoryTableSource(DecodingFormat<DeserializationSchema<RowData>> format, DataType physical, long records) {
        this.format = format;
        this.physical = physical;
        this.produced = physical;
        this.records = records;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return format.getChangelogMode();
    }

    /** Those of a stream; only the rowtime has a value. */
    @Override
    public Map<String, DataType> listReadableMetadata() {
        return Map.of(
                "timestamp",
                DataTypes.TIMESTAMP_LTZ(3),
                "partition-key",
                DataTypes.STRING(),
                "shard-id",
                DataTypes.STRING(),
                "sequence-number",
                DataTypes.STRING(),
                Stamping.ROWTIME,
                DataTypes.TIMESTAMP(3));
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedType) {
        metadata = List.copyOf(keys);
        produced = producedType;
    }

    @Override
    public void applySourceWatermark() {
        // There is always one.
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        DeserializationSchema<RowData> schema = format.createRuntimeDecoder(context, physical);
        TypeInformation<RowData> type = context.createTypeInformation(produced);
        List<LogicalType> fields = physical.getLogicalType().getChildren();
        List<String> stamps = metadata;
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext provider, StreamExecutionEnvironment environment) {
                return environment
                        .fromSource(
                                new NumberSequenceSource(0, records - 1), WatermarkStrategy.noWatermarks(), "Numbers")
                        .process(new Stamping(schema, fields, stamps))
                        .returns(type)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<RowData>forGenerator(generators -> new ClockWatermarks()));
            }

            @Override
            public boolean isBounded() {
                return false;
            }
        };
    }

    @Override
    public DynamicTableSource copy() {
        InMemoryTableSource copy = new InMemoryTableSource(format, physical, records);
        copy.metadata = metadata;
        copy.produced = produced;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "Records in memory";
    }
}
