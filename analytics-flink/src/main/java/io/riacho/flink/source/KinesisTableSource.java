package io.riacho.flink.source;

import io.riacho.flink.format.AnalyticsDecodingFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.jspecify.annotations.Nullable;

/** A Kinesis data stream as a table that is read. */
final class KinesisTableSource
        implements ScanTableSource, SupportsReadingMetadata, SupportsSourceWatermark, SupportsWatermarkPushDown {

    private final StreamSettings settings;
    private final DecodingFormat<DeserializationSchema<RowData>> format;
    private final DataType physical;
    private final long tick;
    private final @Nullable String wrongWatermark;
    private final RecordFunction.@Nullable Settings function;

    private List<RowMetadata> metadata = List.of();
    private DataType produced;
    private boolean clockWatermark;
    private @Nullable WatermarkStrategy<RowData> watermarks;

    /**
     * @param tick how often a watermark by the clock moves, in milliseconds
     * @param wrongWatermark a column that is given a SOURCE_WATERMARK() and is not the rowtime; null where there is none
     */
    KinesisTableSource(
            StreamSettings settings,
            DecodingFormat<DeserializationSchema<RowData>> format,
            DataType physical,
            long tick,
            @Nullable String wrongWatermark,
            RecordFunction.@Nullable Settings function) {
        this.settings = settings;
        this.format = format;
        this.physical = physical;
        this.produced = physical;
        this.tick = tick;
        this.wrongWatermark = wrongWatermark;
        this.function = function;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return format.getChangelogMode();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> readable = new LinkedHashMap<>();
        for (RowMetadata one : RowMetadata.values()) {
            readable.put(one.key(), one.type());
        }
        return readable;
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedType) {
        metadata = keys.stream().map(RowMetadata::of).toList();
        produced = producedType;
    }

    @Override
    public void applySourceWatermark() {
        if (wrongWatermark != null) {
            throw new ValidationException("SOURCE_WATERMARK() is the clock at which rows are read, so it belongs to a"
                    + " column with METADATA FROM 'rowtime', not to " + wrongWatermark);
        }
        clockWatermark = true;
    }

    @Override
    public void applyWatermark(WatermarkStrategy<RowData> strategy) {
        watermarks = strategy;
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        DeserializationSchema<RowData> schema = format.createRuntimeDecoder(context, physical);
        TypeInformation<RowData> type = context.createTypeInformation(produced);
        List<LogicalType> fields = physical.getLogicalType().getChildren();
        KinesisSource source =
                new KinesisSource(settings, schema, fields, metadata, type, function, clockWatermark ? tick : 0);
        WatermarkStrategy<RowData> strategy = Objects.requireNonNullElse(watermarks, WatermarkStrategy.noWatermarks());
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext provider, StreamExecutionEnvironment environment) {
                var stream = environment.fromSource(source, strategy, "Kinesis " + settings.streamName(), type);
                provider.generateUid("kinesis").ifPresent(stream::uid);
                return stream;
            }

            @Override
            public boolean isBounded() {
                return false;
            }
        };
    }

    @Override
    public DynamicTableSource copy() {
        KinesisTableSource copy = new KinesisTableSource(settings, format, physical, tick, wrongWatermark, function);
        copy.metadata = metadata;
        copy.produced = produced;
        copy.clockWatermark = clockWatermark;
        copy.watermarks = watermarks;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "Kinesis " + settings.streamName();
    }

    /** What the format leaves to the source. */
    static RecordFunction.@Nullable Settings function(
            DecodingFormat<?> format, java.util.function.BiFunction<String, String, RecordFunction.Settings> found) {
        return format instanceof AnalyticsDecodingFormat analytics && analytics.function() != null
                ? found.apply(analytics.function(), analytics.application())
                : null;
    }
}
