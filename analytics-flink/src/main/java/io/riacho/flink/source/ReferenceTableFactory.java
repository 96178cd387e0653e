package io.riacho.flink.source;

import io.riacho.flink.access.AccessOptions;
import io.riacho.flink.access.ServedObject;
import io.riacho.flink.access.ServiceAccess;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.jspecify.annotations.Nullable;

/** The connector {@code reference}: an object of S3 as a table that is looked up in, as it was when the job started. */
public final class ReferenceTableFactory implements DynamicTableSourceFactory {

    static final ConfigOption<String> BUCKET =
            ConfigOptions.key("s3.bucket").stringType().noDefaultValue().withDescription("The bucket's name.");

    static final ConfigOption<String> KEY =
            ConfigOptions.key("s3.key").stringType().noDefaultValue().withDescription("The object's key.");

    static final ConfigOption<MemorySize> MAX_SIZE = ConfigOptions.key("reference.max-size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(128))
            .withDescription("How large the object may be; each subtask holds its rows in memory.");

    @Override
    public String factoryIdentifier() {
        return "reference";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FactoryUtil.FORMAT, BUCKET, KEY);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(AccessOptions.ofTables());
        options.add(MAX_SIZE);
        options.add(AccessOptions.OBJECTS_URI);
        return options;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig table = helper.getOptions();
        ServiceAccess access = ServiceAccess.of(table, context.getConfiguration(), "s3", null);
        ReferenceObject object = new ReferenceObject(
                access,
                served(table, context.getConfiguration(), access),
                table.get(BUCKET),
                table.get(KEY),
                table.get(MAX_SIZE).getBytes());
        return new ReferenceTableSource(object, format, context.getPhysicalRowDataType());
    }

    /** A table with an endpoint or a key of its own asks that. */
    private static @Nullable ServedObject served(ReadableConfig table, ReadableConfig session, ServiceAccess access) {
        String uri = table.getOptional(AccessOptions.OBJECTS_URI)
                .or(() -> session.getOptional(AccessOptions.OBJECTS_URI))
                .orElse(null);
        if (uri == null
                || table.getOptional(AccessOptions.ENDPOINT).isPresent()
                || table.getOptional(AccessOptions.ACCESS_KEY_ID).isPresent()) {
            return null;
        }
        String token =
                session.getOptional(AccessOptions.SESSION_CREDENTIALS_TOKEN).orElse("");
        return new ServedObject(URI.create(uri), token, access.trustedCa(), table.get(BUCKET), table.get(KEY));
    }
}
