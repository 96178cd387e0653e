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
 * {@code KDA_SLIDE(input PARTITION BY keys, aggregates)}: sliding windows, row by row: a row of equal time that came
 * later does not count, unlike in Flink's own RANGE windows, where rows of equal time are peers. {@code aggregates} is
 * {@code FUNCTION ARGS RANGE|ROWS SIZE OUT} joined by semicolons; the lower bound of a RANGE counts; ROWS n is n rows
 * before and the current one.
 *
 * <p>Each frame is a queue of two stacks: the older rows carry the accumulator from themselves to the youngest of the
 * older ones, the younger rows share one. So nothing is ever subtracted (sums of doubles do not drift, MIN and MAX need no
 * search), and each row is written twice whatever the window's size.
 */
public final class Slide extends TimedTableFunction {
    private final Columns columns;
    private final SlidePlan plan;

    public Slide() {
        this(new Columns(List.of(), List.of(), -1), new SlidePlan(List.of(), List.of(), List.of()));
    }

    private Slide(Columns columns, SlidePlan plan) {
        this.columns = columns;
        this.plan = plan;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(StaticArgument.scalar("aggregates", DataTypes.STRING().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        return new Slide(columns, SlidePlan.parse(text(call, 1, "aggregates"), columns));
    }

    @Override
    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = columns.fields(false);
        fields.addAll(plan.output());
        return fields;
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING, "window", "sums", "frames");
    }

    @Override
    Map<String, DataType> state() {
        List<DataTypes.Field> window = new ArrayList<>();
        window.add(DataTypes.FIELD("t", DataTypes.BIGINT()));
        for (int column : plan.kept()) {
            window.add(DataTypes.FIELD("f" + column, columns.types().get(column).nullable()));
        }
        List<DataTypes.Field> sums = new ArrayList<>(plan.accumulators());
        sums.add(DataTypes.FIELD("nothing", DataTypes.BOOLEAN()));
        return Map.of(
                COUNTS,
                countsType(),
                PENDING,
                rowsType(columns.rowType()),
                "window",
                rowsType(DataTypes.ROW(window)),
                "sums",
                rowsType(DataTypes.ROW(sums)),
                "frames",
                SlideFrames.type(plan));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Long, Row> window,
            MapView<Long, Row> sums,
            Row frames,
            Row input,
            String aggregatesArgument)
            throws Exception {
        await(context, counts, pending, input);
    }

    public void onTimer(
            OnTimerContext context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Long, Row> window,
            MapView<Long, Row> sums,
            Row frames)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long now = clock.time();
        SlideFrames held = new SlideFrames(frames, plan);
        for (Row row : Buffer.take(counts, pending, now)) {
            collect(new SlideStep(columns, plan, window, sums, held, now).of(row, maxRows()));
        }
        long longest = plan.longest();
        if (longest < 0) {
            return;
        }
        Long cleanup = held.cleanup();
        if (cleanup != null && cleanup <= now) {
            if (held.last() + longest + 1 <= now) {
                context.clearState("window");
                context.clearState("sums");
                held.clear();
                return;
            }
            cleanup = null;
        }
        if (cleanup == null && held.hasLast()) {
            long end = held.last() + longest + 1;
            held.setCleanup(end);
            clock.registerOnTime(end);
        }
    }
}
