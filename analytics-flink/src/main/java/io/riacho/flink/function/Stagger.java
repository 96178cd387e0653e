package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;

/**
 * {@code KDA_STAGGER(input PARTITION BY keys, size, aggregates)}: a window opens with a key's first row and closes
 * {@code size} milliseconds later, which is the time of the one row it gives. A row at the very end belongs to the next
 * window.
 */
public final class Stagger extends TimedTableFunction {
    private final Columns columns;
    private final long size;
    private final Aggregates aggregates;

    public Stagger() {
        this(new Columns(List.of(), List.of(), -1), 1, new Aggregates(List.of()));
    }

    private Stagger(Columns columns, long size, Aggregates aggregates) {
        this.columns = columns;
        this.size = size;
        this.aggregates = aggregates;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("size", DataTypes.INT().notNull(), false),
                StaticArgument.scalar("aggregates", DataTypes.STRING().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        return new Stagger(
                columns,
                number(call, 1, "size", 1, Integer.MAX_VALUE),
                Aggregates.grouped(text(call, 2, "aggregates"), columns));
    }

    @Override
    List<DataTypes.Field> output() {
        return aggregates.results();
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING, "window");
    }

    @Override
    Map<String, DataType> state() {
        List<DataTypes.Field> window = new ArrayList<>();
        window.add(DataTypes.FIELD("close", DataTypes.BIGINT()));
        window.addAll(aggregates.accumulators());
        return Map.of(COUNTS, countsType(), PENDING, rowsType(columns.rowType()), "window", DataTypes.ROW(window));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            Row window,
            Row input,
            Integer sizeArgument,
            String aggregatesArgument)
            throws Exception {
        await(context, counts, pending, input);
    }

    public void onTimer(OnTimerContext context, MapView<Long, Integer> counts, MapView<Long, Row> pending, Row window)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long now = clock.time();
        if (window.getField(0) instanceof Long close && close <= now) {
            Row result = new Row(aggregates.size());
            aggregates.results(window, 1, result, 0);
            collect(result);
            for (int i = 0; i < window.getArity(); i++) {
                window.setField(i, null);
            }
        }
        for (Row row : Buffer.take(counts, pending, now)) {
            if (window.getField(0) == null) {
                window.setField(0, now + size);
                clock.registerOnTime(now + size);
            }
            aggregates.add(row, window, 1);
        }
    }
}
