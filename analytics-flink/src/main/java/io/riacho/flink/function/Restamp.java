package io.riacho.flink.function;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;

/**
 * {@code KDA_RESTAMP(input, millis)}: the same rows, each so many milliseconds later in time: the result of a tumbling
 * window carries the window's end minus one millisecond in Flink, and the end itself in the dialect.
 */
public final class Restamp extends TimedTableFunction {
    private final Columns columns;
    private final long millis;

    public Restamp() {
        this(new Columns(List.of(), List.of(), -1), 0);
    }

    private Restamp(Columns columns, long millis) {
        this.columns = columns;
        this.millis = millis;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(StaticArgument.scalar("millis", DataTypes.INT().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        return new Restamp(Columns.of(call, 0), number(call, 1, "millis", 0, Integer.MAX_VALUE));
    }

    @Override
    List<DataTypes.Field> output() {
        return columns.fields(false);
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING);
    }

    @Override
    Map<String, DataType> state() {
        return Map.of(COUNTS, countsType(), PENDING, rowsType(columns.rowType()));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            Row input,
            Integer millisArgument)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        awaitUntil(clock, counts, pending, clock.time() + millis, input);
    }

    public void onTimer(OnTimerContext context, MapView<Long, Integer> counts, MapView<Long, Row> pending)
            throws Exception {
        for (Row row :
                Buffer.take(counts, pending, context.timeContext(Long.class).time())) {
            Row result = new Row(columns.width());
            columns.copy(row, result, 0);
            collect(result);
        }
    }
}
