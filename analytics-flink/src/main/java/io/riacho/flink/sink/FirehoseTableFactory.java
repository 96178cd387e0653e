package io.riacho.flink.sink;

import io.riacho.flink.access.AccessOptions;
import io.riacho.flink.access.ServiceAccess;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import software.amazon.awssdk.arns.Arn;

/** The connector {@code firehose}: a delivery stream as a table that is written. */
public final class FirehoseTableFactory implements DynamicTableSinkFactory {

    static final ConfigOption<String> DELIVERY_STREAM = ConfigOptions.key("delivery-stream")
            .stringType()
            .noDefaultValue()
            .withDescription("The delivery stream's name or ARN.");

    @Override
    public String factoryIdentifier() {
        return "firehose";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FactoryUtil.FORMAT, DELIVERY_STREAM);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(AccessOptions.ofTables());
        options.addAll(StreamSinkOptions.ofBatches());
        return options;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        EncodingFormat<SerializationSchema<RowData>> format =
                helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        String stream = helper.getOptions().get(DELIVERY_STREAM);
        boolean isArn = stream.startsWith("arn:");
        String name = isArn ? Arn.fromString(stream).resource().resource() : stream;
        ServiceAccess access =
                ServiceAccess.of(helper.getOptions(), context.getConfiguration(), "firehose", isArn ? stream : null);
        return new RowTableSink(
                new DeliveryDestination(access, name),
                Batching.read(helper.getOptions(), DeliveryDestination.MOST_RECORDS, DeliveryDestination.MOST_BYTES),
                format,
                context.getPhysicalRowDataType(),
                new PartitionKeys.None());
    }
}
