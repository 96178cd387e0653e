package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * A table function whose rows are handled in the order of their time: each row waits for the watermark, and a timer at
 * its time hands it on, so that everything that happens at one moment happens in one call, and the row put out carries
 * that moment as its time. Rows of equal time come in the order in which they arrived. Rows behind the watermark are
 * left out, as Flink's own windows do, and counted ({@code numLateRecordsDropped}).
 *
 * <p>A call's literals are read when the call is planned ({@link #configured}); the instance that runs is the one
 * configured then. Timers are only ever added: {@code clearAllTimers} harms other keys in Flink 2.3.
 */
abstract class TimedTableFunction extends ProcessTableFunction<Row> implements SpecializedFunction {
    static final String COUNTS = "counts";
    static final String PENDING = "pending";

    private int maxRows = 1;
    private transient @Nullable Counter late;

    /** The arguments after the tables: name and type. */
    abstract List<StaticArgument> scalars();

    /** This function for one call, its literals read; refuses what it cannot do with {@link ValidationException}. */
    abstract TimedTableFunction configured(CallContext call);

    /** What the configured function puts out, without what Flink adds. */
    abstract List<DataTypes.Field> output();

    /** The state of the configured function, in the order of {@code eval}'s parameters. */
    abstract Map<String, DataType> state();

    List<String> tables() {
        return List.of("input");
    }

    @Override
    public final UserDefinedFunction specialize(SpecializedContext context) {
        return configured(context.getCallContext());
    }

    @Override
    public final TypeInference getTypeInference(DataTypeFactory factory) {
        List<StaticArgument> arguments = new ArrayList<>();
        for (String table : tables()) {
            arguments.add(StaticArgument.table(
                    table,
                    Row.class,
                    false,
                    EnumSet.of(
                            StaticArgumentTrait.SET_SEMANTIC_TABLE,
                            StaticArgumentTrait.OPTIONAL_PARTITION_BY,
                            StaticArgumentTrait.REQUIRE_ON_TIME)));
        }
        arguments.addAll(scalars());
        LinkedHashMap<String, StateTypeStrategy> states = new LinkedHashMap<>();
        for (String name : stateNames()) {
            states.put(
                    name,
                    StateTypeStrategy.of(call -> java.util.Optional.ofNullable(
                            configured(call).state().get(name))));
        }
        return TypeInference.newBuilder()
                .staticArguments(arguments)
                .stateTypeStrategies(states)
                .outputTypeStrategy(call ->
                        java.util.Optional.of(DataTypes.ROW(configured(call).output())))
                .build();
    }

    /** The names of {@link #state()}, known without a call. */
    abstract List<String> stateNames();

    @Override
    public void open(FunctionContext context) throws Exception {
        maxRows = Limits.maxRows(context);
        late = context.getMetricGroup().counter("numLateRecordsDropped");
    }

    /** Rows that may be held for one key. */
    final int maxRows() {
        return maxRows;
    }

    /** Lets a row wait for its own time. */
    final void await(Context context, MapView<Long, Integer> counts, MapView<Long, Row> pending, Row row)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        awaitUntil(clock, counts, pending, clock.time(), row);
    }

    /** Lets a row wait until a time at or after its own. */
    final void awaitUntil(
            TimeContext<Long> clock, MapView<Long, Integer> counts, MapView<Long, Row> pending, long time, Row row)
            throws Exception {
        Long watermark = clock.currentWatermark();
        if (watermark != null && clock.time() <= watermark) {
            Counter counter = late;
            if (counter != null) {
                counter.inc();
            }
            return;
        }
        if (Buffer.add(counts, pending, time, row, maxRows)) {
            clock.registerOnTime(time);
        }
    }

    static DataType countsType() {
        return MapView.newMapViewDataType(
                DataTypes.BIGINT().notNull(), DataTypes.INT().notNull());
    }

    static DataType rowsType(DataType row) {
        return MapView.newMapViewDataType(DataTypes.BIGINT().notNull(), row);
    }

    static String text(CallContext call, int position, String name) {
        return call.getArgumentValue(position, String.class)
                .orElseThrow(() ->
                        new ValidationException(call.getName() + ": argument '" + name + "' must be a literal string"));
    }

    /**
     * A literal whole number within bounds, both included. It must be of the argument's own type: the planner hides a literal
     * behind a cast to another, which is why the functions take INT.
     */
    static long number(CallContext call, int position, String name, int least, int most) {
        int value = call.getArgumentValue(position, Integer.class)
                .orElseThrow(() ->
                        new ValidationException(call.getName() + ": argument '" + name + "' must be a literal number"));
        if (value < least || value > most) {
            throw new ValidationException(call.getName() + ": argument '" + name + "' must be between " + least
                    + " and " + most + ", not " + value);
        }
        return value;
    }
}
