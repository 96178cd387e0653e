package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The connector {@code given}: rows that a test puts under a name, with their ROWTIME, for a scan or for lookups. Watermarks follow ROWTIME as those of the Kinesis source do.
 */
public final class GivenRows implements DynamicTableSourceFactory {
    private static final Map<String, List<Given>> ROWS = new ConcurrentHashMap<>();
    private static final List<List<GenericRowData>> TABLES = new CopyOnWriteArrayList<>();
    private static final ConfigOption<String> NAME =
            ConfigOptions.key("rows").stringType().noDefaultValue();

    /** A row's ROWTIME, and its columns by name: Integer, Long, Double, String, TimestampData. */
    record Given(TimestampData rowtime, Map<String, Object> columns) {}

    static Map<String, String> options(String name, List<Given> rows) {
        ROWS.put(name, List.copyOf(rows));
        return new TreeMap<>(Map.of("connector", "given", "rows", name));
    }

    @Override
    public String factoryIdentifier() {
        return "given";
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
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        DataType physical = context.getPhysicalRowDataType();
        List<Given> rows = ROWS.getOrDefault(helper.getOptions().get(NAME), List.of());
        boolean stream = DataType.getFieldNames(physical).contains("__error");
        return stream ? new Scan(physical, rows) : new Lookup(physical, rows);
    }

    private static final class Scan extends StampedScan {
        private final List<Given> rows;

        Scan(DataType physical, List<Given> rows) {
            super(physical);
            this.rows = rows;
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            List<RowData> data = new ArrayList<>();
            int rowtime = DataType.getFieldCount(physical) + metadata.indexOf("rowtime");
            for (Given row : rows) {
                data.add(row(row));
            }
            var type = context.<RowData>createTypeInformation(produced);
            return new DataStreamScanProvider() {
                @Override
                public DataStream<RowData> produceDataStream(ProviderContext c, StreamExecutionEnvironment env) {
                    env.setParallelism(1);
                    DataStream<RowData> stream = data.isEmpty()
                            ? env.fromData(List.of(row(new Given(TimestampData.fromEpochMillis(0), Map.of()))), type)
                                    .filter(x -> false)
                            : env.fromData(data, type);
                    return stream.assignTimestampsAndWatermarks(
                            WatermarkStrategy.<RowData>forGenerator(x -> new Punctual())
                                    .withTimestampAssigner(
                                            (r, t) -> r.getTimestamp(rowtime, 3).getMillisecond()));
                }

                @Override
                public boolean isBounded() {
                    return false;
                }
            };
        }

        private RowData row(Given given) {
            GenericRowData row = fill(physical, given, metadata.size());
            int physicalCount = DataType.getFieldCount(physical);
            for (int i = 0; i < metadata.size(); i++) {
                Object value = switch (metadata.get(i)) {
                    case "rowtime" -> given.rowtime();
                    case "timestamp" -> given.columns().getOrDefault("APPROXIMATE_ARRIVAL_TIME", given.rowtime());
                    default -> StringData.fromString(metadata.get(i));
                };
                row.setField(physicalCount + i, value);
            }
            return row;
        }

        @Override
        public DynamicTableSource copy() {
            return new Scan(physical, rows).like(this);
        }

        @Override
        public String asSummaryString() {
            return "given";
        }
    }

    private static GenericRowData fill(DataType physical, Given given, int more) {
        List<String> names = DataType.getFieldNames(physical);
        GenericRowData row = new GenericRowData(names.size() + more);
        for (int i = 0; i < names.size(); i++) {
            Object value = given.columns().get(names.get(i));
            LogicalTypeRoot root =
                    DataType.getFieldDataTypes(physical).get(i).getLogicalType().getTypeRoot();
            Object internal = switch (value) {
                case null -> null;
                case String text -> StringData.fromString(text);
                case Integer number when root == LogicalTypeRoot.DOUBLE -> (Object) number.doubleValue();
                case Integer number when root == LogicalTypeRoot.BIGINT -> number.longValue();
                default -> value;
            };
            row.setField(i, internal);
        }
        return row;
    }

    private static final class Punctual implements WatermarkGenerator<RowData> {
        @Override
        public void onEvent(RowData event, long timestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(timestamp - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    private record Lookup(DataType physical, List<Given> rows) implements LookupTableSource {
        @Override
        public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
            int[] keys = new int[context.getKeys().length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = context.getKeys()[i][0];
            }
            List<GenericRowData> all = new ArrayList<>();
            rows.forEach(r -> all.add(fill(physical, r, 0)));
            TABLES.add(all);
            return LookupFunctionProvider.of(new Search(keys, TABLES.size() - 1));
        }

        @Override
        public DynamicTableSource copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "given";
        }
    }

    /** Looks rows up by the fields {@code keys}. */
    public static final class Search extends LookupFunction {
        private static final long serialVersionUID = 1;

        private final int[] keys;
        private final int table;

        Search(int[] keys, int table) {
            this.keys = keys;
            this.table = table;
        }

        @Override
        public List<RowData> lookup(RowData key) {
            List<RowData> found = new ArrayList<>();
            for (GenericRowData row : TABLES.get(table)) {
                boolean equal = true;
                for (int i = 0; i < keys.length; i++) {
                    equal &= ((GenericRowData) key).getField(i).equals(row.getField(keys[i]));
                }
                if (equal) {
                    found.add(row);
                }
            }
            return found;
        }
    }
}
