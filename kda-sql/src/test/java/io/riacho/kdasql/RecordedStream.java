package io.riacho.kdasql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.Collector;

/**
 * The connector {@code recorded}: records as bytes, each with the time at which it is read, that the format of the table reads as it reads those of a stream. As with the Kinesis source, the
 * clock goes on in silence behind the last record: for three hours, in ever larger steps.
 */
public final class RecordedStream implements DynamicTableSourceFactory {
    private static final Map<String, List<Recorded>> STREAMS = new ConcurrentHashMap<>();
    private static final ConfigOption<String> NAME =
            ConfigOptions.key("records").stringType().noDefaultValue();
    private static final long SILENCE = 3 * 3_600_000L;
    private static final long LATENCY = 40;

    /**
     * @param read when it is read, in milliseconds since 1970
     */
    record Recorded(long read, String data) {}

    /**
     * @param records in the order of their times
     */
    static Map<String, String> options(String name, String schema, List<Recorded> records) {
        STREAMS.put(name, List.copyOf(records));
        return new TreeMap<>(Map.of(
                "connector",
                "recorded",
                "records",
                name,
                "format",
                "kinesis-analytics",
                "kinesis-analytics.schema",
                schema));
    }

    @Override
    public String factoryIdentifier() {
        return "recorded";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(NAME, FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        return new Scan(
                context.getPhysicalRowDataType(),
                format,
                STREAMS.getOrDefault(helper.getOptions().get(NAME), List.of()));
    }

    private static final class Scan extends StampedScan {
        private final DecodingFormat<DeserializationSchema<RowData>> format;
        private final List<Recorded> records;

        Scan(DataType physical, DecodingFormat<DeserializationSchema<RowData>> format, List<Recorded> records) {
            super(physical);
            this.format = format;
            this.records = records;
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            DeserializationSchema<RowData> decoder = format.createRuntimeDecoder(context, physical);
            TypeInformation<RowData> type = context.createTypeInformation(produced);
            List<Tuple2<Long, String>> events = new ArrayList<>();
            records.forEach(r -> events.add(Tuple2.of(r.read(), r.data())));
            long last = records.isEmpty() ? 0 : records.getLast().read();
            for (long passed = 1000; passed < SILENCE; passed += passed / 2) {
                events.add(Tuple2.of(last + passed, ""));
            }
            List<String> keys = List.copyOf(metadata);
            int fields = DataType.getFieldCount(physical);
            return new DataStreamScanProvider() {
                @Override
                public DataStream<RowData> produceDataStream(ProviderContext c, StreamExecutionEnvironment env) {
                    env.setParallelism(1);
                    return env.fromData(events, Types.TUPLE(Types.LONG, Types.STRING))
                            .assignTimestampsAndWatermarks(
                                    WatermarkStrategy.<Tuple2<Long, String>>forGenerator(x -> new Clock())
                                            .withTimestampAssigner((e, t) -> e.f0))
                            .flatMap(new Read(decoder, keys, fields))
                            .returns(type);
                }

                @Override
                public boolean isBounded() {
                    return false;
                }
            };
        }

        @Override
        public DynamicTableSource copy() {
            return new Scan(physical, format, records).like(this);
        }

        @Override
        public String asSummaryString() {
            return "recorded";
        }
    }

    private static final class Clock implements WatermarkGenerator<Tuple2<Long, String>> {
        @Override
        public void onEvent(Tuple2<Long, String> event, long timestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(timestamp - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    /** Makes rows of records; what is empty is the clock alone. */
    private static final class Read extends RichFlatMapFunction<Tuple2<Long, String>, RowData> {
        private static final long serialVersionUID = 1;

        private final DeserializationSchema<RowData> decoder;
        private final ArrayList<String> metadata;
        private final int fields;
        private long number;

        Read(DeserializationSchema<RowData> decoder, List<String> metadata, int fields) {
            this.decoder = decoder;
            this.metadata = new ArrayList<>(metadata);
            this.fields = fields;
        }

        @Override
        public void flatMap(Tuple2<Long, String> event, Collector<RowData> out) throws Exception {
            if (event.f1.isEmpty()) {
                return;
            }
            number++;
            decoder.deserialize(event.f1.getBytes(StandardCharsets.UTF_8), new Collector<>() {
                @Override
                public void collect(RowData row) {
                    out.collect(whole((GenericRowData) row, event.f0));
                }

                @Override
                public void close() {}
            });
        }

        private RowData whole(GenericRowData row, long read) {
            GenericRowData whole = new GenericRowData(fields + metadata.size());
            for (int i = 0; i < fields; i++) {
                whole.setField(i, row.getField(i));
            }
            for (int i = 0; i < metadata.size(); i++) {
                Object value = switch (metadata.get(i)) {
                    case "rowtime" -> TimestampData.fromEpochMillis(read);
                    case "timestamp" -> TimestampData.fromEpochMillis(read - LATENCY);
                    case "shard-id" -> StringData.fromString("shardId-000000000000");
                    case "partition-key" -> StringData.fromString("key-" + number % 5);
                    default -> StringData.fromString(Long.toString(number));
                };
                whole.setField(fields + i, value);
            }
            return whole;
        }
    }
}
