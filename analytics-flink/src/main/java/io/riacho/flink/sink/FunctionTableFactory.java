package io.riacho.flink.sink;

import io.riacho.flink.access.AccessOptions;
import io.riacho.flink.access.FunctionLocations;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** The connector {@code function}: a function over HTTP as a table that is written. */
public final class FunctionTableFactory implements DynamicTableSinkFactory {

    static final ConfigOption<String> ARN = ConfigOptions.key("function.arn")
            .stringType()
            .noDefaultValue()
            .withDescription("The function's ARN, whose URL the session knows.");

    static final ConfigOption<String> URL = ConfigOptions.key("function.url")
            .stringType()
            .noDefaultValue()
            .withDescription("The function's URL, where no ARN is given.");

    static final ConfigOption<String> APPLICATION = ConfigOptions.key("application.arn")
            .stringType()
            .defaultValue("")
            .withDescription("The application that the function is told of.");

    @Override
    public String factoryIdentifier() {
        return "function";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(StreamSinkOptions.ofBatches());
        options.addAll(Set.of(ARN, URL, APPLICATION));
        return options;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        EncodingFormat<SerializationSchema<RowData>> format =
                helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig table = helper.getOptions();
        String arn = table.getOptional(ARN).orElse(null);
        String given = table.getOptional(URL).orElse(null);
        if (arn == null && given == null) {
            throw new ValidationException("A table needs '" + ARN.key() + "' or '" + URL.key() + "'");
        }
        URI url = given != null
                ? FunctionLocations.url(given)
                : FunctionLocations.url(context.getConfiguration(), String.valueOf(arn));
        FunctionDestination destination = new FunctionDestination(
                url,
                arn != null ? arn : url.toString(),
                table.get(APPLICATION),
                context.getConfiguration()
                        .getOptional(AccessOptions.SESSION_TRUSTED_CA)
                        .orElse(null));
        return new RowTableSink(
                destination,
                Batching.read(table, FunctionDestination.MOST_RECORDS, FunctionDestination.MOST_BYTES),
                format,
                context.getPhysicalRowDataType(),
                new PartitionKeys.None());
    }
}
