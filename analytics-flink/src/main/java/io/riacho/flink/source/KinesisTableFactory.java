package io.riacho.flink.source;

import io.riacho.flink.access.AccessOptions;
import io.riacho.flink.access.FunctionLocations;
import io.riacho.flink.access.ServiceAccess;
import io.riacho.flink.sink.StreamSinkOptions;
import io.riacho.flink.sink.StreamSinks;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.jspecify.annotations.Nullable;

/** The connector {@code kinesis}: a Kinesis data stream as a table that is read and written. */
public final class KinesisTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

    private static final String SERVICE = "kinesis";

    @Override
    public String factoryIdentifier() {
        return "kinesis";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(AccessOptions.ofTables());
        options.addAll(StreamSinkOptions.all());
        options.addAll(Set.of(
                KinesisOptions.STREAM_ARN,
                KinesisOptions.STREAM,
                KinesisOptions.INITIAL_POSITION,
                KinesisOptions.INITIAL_TIMESTAMP,
                KinesisOptions.READER_TYPE,
                KinesisOptions.CONSUMER_NAME));
        options.addAll(Set.of(
                KinesisOptions.DISCOVERY,
                KinesisOptions.POLL_INTERVAL,
                KinesisOptions.MAX_RECORDS,
                KinesisOptions.MAX_BATCHES,
                KinesisOptions.CONSUMER_LIFECYCLE,
                KinesisOptions.CLOCK_INTERVAL,
                KinesisOptions.SHARDS_MODULO,
                KinesisOptions.SHARDS_REMAINDER));
        return options;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig table = helper.getOptions();
        String stream = stream(table);
        ServiceAccess access = access(table, context, stream);
        RecordFunction.Settings function = KinesisTableSource.function(
                format,
                (arn, application) -> new RecordFunction.Settings(
                        FunctionLocations.url(context.getConfiguration(), arn),
                        arn,
                        application,
                        stream,
                        access.trustedCa()));
        return new KinesisTableSource(
                StreamSettingsReader.read(table, access, stream),
                format,
                context.getPhysicalRowDataType(),
                StreamSettingsReader.positive(table, KinesisOptions.CLOCK_INTERVAL)
                        .toMillis(),
                wrongWatermark(context.getCatalogTable().getResolvedSchema()),
                function);
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        EncodingFormat<SerializationSchema<RowData>> format =
                helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig table = helper.getOptions();
        String stream = stream(table);
        return StreamSinks.kinesis(
                access(table, context, stream),
                stream,
                table,
                format,
                context.getPhysicalRowDataType(),
                context.getCatalogTable().getPartitionKeys());
    }

    private static ServiceAccess access(ReadableConfig table, Context context, String stream) {
        return ServiceAccess.of(table, context.getConfiguration(), SERVICE, stream.startsWith("arn:") ? stream : null);
    }

    private static String stream(ReadableConfig table) {
        String arn = table.getOptional(KinesisOptions.STREAM_ARN).orElse(null);
        String name = table.getOptional(KinesisOptions.STREAM).orElse(null);
        if ((arn == null) == (name == null)) {
            throw new ValidationException("A table needs one of '" + KinesisOptions.STREAM_ARN.key() + "' and '"
                    + KinesisOptions.STREAM.key() + "'");
        }
        String stream = arn != null ? arn : name;
        if (stream == null || stream.isBlank() || (arn != null && !arn.startsWith("arn:"))) {
            throw new ValidationException("'" + KinesisOptions.STREAM_ARN.key() + "' is no ARN: " + arn);
        }
        return stream;
    }

    /** The column of a watermark that is the clock, where that is another one than the rowtime. */
    private static @Nullable String wrongWatermark(ResolvedSchema schema) {
        for (WatermarkSpec watermark : schema.getWatermarkSpecs()) {
            String name = watermark.getRowtimeAttribute();
            boolean isRowtime = schema.getColumn(name)
                    .filter(Column.MetadataColumn.class::isInstance)
                    .map(Column.MetadataColumn.class::cast)
                    .filter(column ->
                            column.getMetadataKey().orElse(column.getName()).equals("rowtime"))
                    .isPresent();
            if (!isRowtime) {
                return name;
            }
        }
        return null;
    }
}
