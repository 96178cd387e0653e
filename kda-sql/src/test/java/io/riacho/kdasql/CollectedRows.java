package io.riacho.kdasql;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/** The connector {@code collected}: a sink that keeps its rows under a name, for the test that asks. */
public final class CollectedRows implements DynamicTableSinkFactory {
    private static final Map<String, Queue<Row>> ROWS = new ConcurrentHashMap<>();
    private static final ConfigOption<String> NAME =
            ConfigOptions.key("rows").stringType().noDefaultValue();

    static Map<String, String> options(String name) {
        ROWS.put(name, new ConcurrentLinkedQueue<>());
        return new TreeMap<>(Map.of("connector", "collected", "rows", name));
    }

    /** Gives the rows, and keeps them no longer. */
    static List<Row> take(String name) {
        Queue<Row> rows = ROWS.remove(name);
        return rows == null ? List.of() : List.copyOf(rows);
    }

    @Override
    public String factoryIdentifier() {
        return "collected";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(NAME);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return new Collecting(
                context.getPhysicalRowDataType(), helper.getOptions().get(NAME));
    }

    private record Collecting(DataType type, String name) implements DynamicTableSink {
        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.insertOnly();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            return SinkV2Provider.of(new ToQueue(name, context.createDataStructureConverter(type)));
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "collected";
        }
    }

    private static final class ToQueue implements Sink<RowData> {
        private static final long serialVersionUID = 1;

        private final String name;
        private final DynamicTableSink.DataStructureConverter converter;

        ToQueue(String name, DynamicTableSink.DataStructureConverter converter) {
            this.name = name;
            this.converter = converter;
        }

        @Override
        public SinkWriter<RowData> createWriter(WriterInitContext context) {
            converter.open(RuntimeConverter.Context.create(ToQueue.class.getClassLoader()));
            return new SinkWriter<>() {
                @Override
                public void write(RowData row, Context c) {
                    Queue<Row> rows = ROWS.get(name);
                    Object external = converter.toExternal(row);
                    if (rows != null && external instanceof Row made) {
                        rows.add(made);
                    }
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
