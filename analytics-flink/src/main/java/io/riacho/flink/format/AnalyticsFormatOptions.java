package io.riacho.flink.format;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the format {@code kinesis-analytics}, without its prefix. */
final class AnalyticsFormatOptions {

    /** The column that tells what could not be read. */
    static final String ERROR_COLUMN = "__error";

    static final ConfigOption<String> SCHEMA = ConfigOptions.key("schema")
            .stringType()
            .noDefaultValue()
            .withDescription("To read: the API's InputSchema as JSON, whose columns are the table's, in their order.");

    static final ConfigOption<String> FUNCTION = ConfigOptions.key("function")
            .stringType()
            .noDefaultValue()
            .withDescription("To read: the ARN of a function that processes records before.");

    static final ConfigOption<String> APPLICATION = ConfigOptions.key("application")
            .stringType()
            .defaultValue("")
            .withDescription("The ARN of the application that the function is told of.");

    static final ConfigOption<RecordFormat> RECORD_FORMAT = ConfigOptions.key("record-format")
            .enumType(RecordFormat.class)
            .defaultValue(RecordFormat.JSON)
            .withDescription("To write.");

    static final ConfigOption<String> COLUMN_DELIMITER =
            ConfigOptions.key("column-delimiter").stringType().defaultValue(",").withDescription("To write CSV.");

    static final ConfigOption<String> ROW_DELIMITER = ConfigOptions.key("row-delimiter")
            .stringType()
            .noDefaultValue()
            .withDescription("To write: what ends a record; by default a line's end for CSV, nothing for JSON.");

    private AnalyticsFormatOptions() {}

    /** How a row is written. */
    enum RecordFormat {
        JSON,
        CSV
    }
}
