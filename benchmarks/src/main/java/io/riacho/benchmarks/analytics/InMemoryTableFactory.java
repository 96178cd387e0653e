package io.riacho.benchmarks.analytics;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector {@code in-memory}: {@link Ticks} instead of a stream. It takes all options of a stream and leaves them aside. */
public final class InMemoryTableFactory implements DynamicTableSourceFactory {

    static final String CONNECTOR = "in-memory";

    private static final ConfigOption<Long> RECORDS =
            ConfigOptions.key("records").longType().noDefaultValue();

    @Override
    public String factoryIdentifier() {
        return CONNECTOR;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FactoryUtil.FORMAT, RECORDS);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        return new InMemoryTableSource(
                helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT),
                context.getPhysicalRowDataType(),
                helper.getOptions().get(RECORDS));
    }
}
