package io.riacho.flink.sink;

import io.riacho.flink.access.AccessOptions;
import io.riacho.flink.access.FunctionLocations;
import io.riacho.flink.format.RowWriter;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** The connector {@code preview}: shows rows to those who look, and nobody else. */
public final class PreviewTableFactory implements DynamicTableSinkFactory {

    static final ConfigOption<String> STREAM = ConfigOptions.key("preview.stream")
            .stringType()
            .noDefaultValue()
            .withDescription("The name under which the rows are looked at.");

    static final ConfigOption<String> URI = ConfigOptions.key("riacho.preview.uri")
            .stringType()
            .noDefaultValue()
            .withDescription("Of the session: whom to ask who looks, and where rows go.");

    @Override
    public String factoryIdentifier() {
        return "preview";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(STREAM);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        ReadableConfig session = context.getConfiguration();
        String uri = session.getOptional(URI)
                .orElseThrow(() -> new ValidationException("The session does not say '" + URI.key() + "'"));
        PreviewSink sink = new PreviewSink(
                new PreviewSink.Settings(
                        FunctionLocations.url(uri),
                        session.getOptional(AccessOptions.SESSION_CREDENTIALS_TOKEN)
                                .orElse(""),
                        session.getOptional(AccessOptions.SESSION_TRUSTED_CA).orElse(null)),
                helper.getOptions().get(STREAM),
                RowWriter.json((RowType) context.getPhysicalRowDataType().getLogicalType()));
        return new PreviewTable(sink);
    }

    private record PreviewTable(PreviewSink sink) implements DynamicTableSink {

        /** Changes are shown as what they leave. */
        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return requested;
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            return SinkV2Provider.of(sink);
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "preview";
        }
    }
}
