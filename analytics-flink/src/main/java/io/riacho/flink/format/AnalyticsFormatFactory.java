package io.riacho.flink.format;

import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** The format {@code kinesis-analytics}: records as applications of Kinesis Data Analytics read and write them. */
public final class AnalyticsFormatFactory implements DeserializationFormatFactory, SerializationFormatFactory {

    @Override
    public String factoryIdentifier() {
        return "kinesis-analytics";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                AnalyticsFormatOptions.SCHEMA,
                AnalyticsFormatOptions.FUNCTION,
                AnalyticsFormatOptions.APPLICATION,
                AnalyticsFormatOptions.RECORD_FORMAT,
                AnalyticsFormatOptions.COLUMN_DELIMITER,
                AnalyticsFormatOptions.ROW_DELIMITER);
    }

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig options) {
        FactoryUtil.validateFactoryOptions(this, options);
        String schema = options.getOptional(AnalyticsFormatOptions.SCHEMA)
                .orElseThrow(() -> new ValidationException(
                        "To read, the format kinesis-analytics needs 'kinesis-analytics.schema'"));
        return new AnalyticsDecodingFormat(
                InputSchema.parse(schema),
                options.getOptional(AnalyticsFormatOptions.FUNCTION).orElse(null),
                options.get(AnalyticsFormatOptions.APPLICATION));
    }

    @Override
    public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
            DynamicTableFactory.Context context, ReadableConfig options) {
        FactoryUtil.validateFactoryOptions(this, options);
        boolean isCsv = options.get(AnalyticsFormatOptions.RECORD_FORMAT) == AnalyticsFormatOptions.RecordFormat.CSV;
        String end = options.getOptional(AnalyticsFormatOptions.ROW_DELIMITER).orElse(isCsv ? "\n" : "");
        CsvDelimiters csv = isCsv
                ? CsvDelimiters.of(end.isEmpty() ? "\n" : end, options.get(AnalyticsFormatOptions.COLUMN_DELIMITER))
                : null;
        String ending = csv == null ? CsvDelimiters.unescaped(end) : csv.row();
        return new EncodingFormat<>() {
            @Override
            public SerializationSchema<RowData> createRuntimeEncoder(DynamicTableSink.Context sink, DataType physical) {
                return new RowWriter((RowType) physical.getLogicalType(), csv, ending);
            }

            @Override
            public ChangelogMode getChangelogMode() {
                return ChangelogMode.insertOnly();
            }
        };
    }
}
