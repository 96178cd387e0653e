package io.riacho.flink.function;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** Flink SQL on one small cluster for all tests, and tables with rows of a given time. */
final class FlinkTables {
    private static @Nullable MiniCluster cluster;

    final StreamTableEnvironment sql;
    private final StreamExecutionEnvironment environment;

    private FlinkTables(Configuration configuration) {
        environment = new StreamExecutionEnvironment(configuration);
        environment.setParallelism(2);
        sql = StreamTableEnvironment.create(environment);
        sql.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        for (String name : Names.ALL.keySet()) {
            sql.executeSql("CREATE TEMPORARY FUNCTION `" + name + "` AS '" + Names.ALL.get(name) + "'");
        }
        sql.createTemporaryFunction("V", Names.Variable.class);
    }

    static FlinkTables open() throws Exception {
        return open(new Configuration());
    }

    static FlinkTables open(Configuration more) throws Exception {
        Configuration configuration = new Configuration(more);
        configuration.set(DeploymentOptions.TARGET, "remote");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.PORT, cluster().getRestAddress().get().getPort());
        configuration.set(PipelineOptions.CLASSPATHS, List.of("file:///tmp/"));
        return new FlinkTables(configuration);
    }

    static synchronized MiniCluster cluster() throws Exception {
        MiniCluster running = cluster;
        if (running == null) {
            Configuration configuration = new Configuration();
            configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
            configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
            configuration.set(RestOptions.BIND_PORT, "0");
            running = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(16)
                    .build());
            running.start();
            cluster = running;
        }
        return running;
    }

    /** A column of a table. */
    record Column(String name, TypeInformation<?> type, String sqlType) {}

    /**
     * A table of rows whose first field, {@code __rt}, is their time and time attribute; the watermark follows each row, one
     * millisecond behind, and everything ends with the table.
     */
    void table(String name, List<Column> columns, List<Row> rows) {
        table(name, columns, rows, 0);
    }

    /** The same with a watermark that is so many milliseconds further behind. */
    void table(String name, List<Column> columns, List<Row> rows, long behind) {
        view(
                name,
                columns,
                environment.fromData(type(columns), rows.toArray(Row[]::new)).setParallelism(1),
                behind);
    }

    private static RowTypeInfo type(List<Column> columns) {
        List<TypeInformation<?>> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        types.add(TypeInformation.of(LocalDateTime.class));
        names.add("__rt");
        for (Column column : columns) {
            types.add(column.type());
            names.add(column.name());
        }
        return new RowTypeInfo(types.toArray(TypeInformation[]::new), names.toArray(String[]::new));
    }

    private void view(String name, List<Column> columns, DataStream<Row> rows, long behind) {
        Schema.Builder schema = Schema.newBuilder().column("__rt", DataTypes.TIMESTAMP(3));
        for (Column column : columns) {
            schema.column(column.name(), column.sqlType());
        }
        schema.watermark("__rt", "SOURCE_WATERMARK()");
        DataStream<Row> stream = rows.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Row>forGenerator(context -> new Follow(behind))
                                .withTimestampAssigner((row, before) -> millis(row)))
                .setParallelism(1);
        sql.createTemporaryView(name, stream, schema.build());
    }

    static long millis(Row row) {
        return Objects.requireNonNull((LocalDateTime) row.getField(0))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** Like {@link #table}, of the rows of {@link Replay}. */
    void replayed(String name, List<Column> columns) {
        RowTypeInfo type = type(columns);
        view(
                name,
                columns,
                environment
                        .addSource(new Replay(), "replay", type)
                        .setParallelism(1)
                        .uid("replay"),
                0);
    }

    /** Runs queries as one job, whose results {@link Replay} keeps. */
    JobClient start(List<String> queries) throws Exception {
        for (int i = 0; i < queries.size(); i++) {
            sql.toDataStream(sql.sqlQuery(queries.get(i)))
                    .addSink(new Replay.Sink("query" + i))
                    .setParallelism(1);
        }
        return environment.executeAsync();
    }

    /** Waits until all tasks of a job run, without which there is no savepoint. */
    static void awaitRunning(JobClient job) throws Exception {
        boolean running = false;
        while (!running) {
            running = true;
            for (var vertex : cluster().getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
                running &= vertex.getExecutionState() == ExecutionState.RUNNING;
            }
            Thread.onSpinWait();
        }
    }

    /** Gives a query a name. */
    void view(String name, String query) {
        sql.executeSql("CREATE TEMPORARY VIEW " + name + " AS " + query);
    }

    /** The result rows of a query, as text, in order. */
    List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = sql.executeSql(query).collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    private static final class Follow implements WatermarkGenerator<Row> {
        private final long behind;

        Follow(long behind) {
            this.behind = behind;
        }

        @Override
        public void onEvent(Row row, long time, WatermarkOutput output) {
            output.emitWatermark(new Watermark(time - 1 - behind));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
