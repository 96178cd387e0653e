package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

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
    private static final int TAIL = 0;
    private static final int LOW = 1;
    private static final int LAST = 2;
    private static final int CLEANUP = 3;
    private static final int FRAMES = 4;

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
        List<DataTypes.Field> frames = new ArrayList<>();
        for (String name : List.of("tail", "low", "last", "cleanup")) {
            frames.add(DataTypes.FIELD(name, DataTypes.BIGINT()));
        }
        for (int i = 0; i < plan.frames().size(); i++) {
            frames.add(DataTypes.FIELD("head" + i, DataTypes.BIGINT()));
            frames.add(DataTypes.FIELD("mid" + i, DataTypes.BIGINT()));
        }
        frames.addAll(plan.accumulators());
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
                DataTypes.ROW(frames));
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
        for (Row row : Buffer.take(counts, pending, now)) {
            collect(new Step(window, sums, frames, now).of(row));
        }
        long longest = plan.longest();
        if (longest < 0) {
            return;
        }
        if (frames.getField(CLEANUP) instanceof Long cleanup && cleanup <= now) {
            long end = number(frames, LAST) + longest + 1;
            if (end <= now) {
                context.clearState("window");
                context.clearState("sums");
                for (int i = 0; i < frames.getArity(); i++) {
                    frames.setField(i, null);
                }
                return;
            }
            frames.setField(CLEANUP, null);
        }
        if (frames.getField(CLEANUP) == null && frames.getField(LAST) != null) {
            long end = number(frames, LAST) + longest + 1;
            frames.setField(CLEANUP, end);
            clock.registerOnTime(end);
        }
    }

    private static long number(Row row, int field) {
        return row.getField(field) instanceof Long number ? number : 0;
    }

    /** One row comes into the windows of its key. */
    private final class Step {
        private final MapView<Long, Row> window;
        private final MapView<Long, Row> sums;
        private final Row frames;
        private final long now;
        private final long current;
        private final int accumulators = FRAMES + 2 * plan.frames().size();

        Step(MapView<Long, Row> window, MapView<Long, Row> sums, Row frames, long now) {
            this.window = window;
            this.sums = sums;
            this.frames = frames;
            this.now = now;
            this.current = number(frames, TAIL);
        }

        Row of(Row row) throws Exception {
            window.put(current, kept(row));
            long low = current + 1;
            for (int frame = 0; frame < plan.frames().size(); frame++) {
                long head = enter(frame, row);
                if (plan.keepsRows(frame)) {
                    low = Math.min(low, head);
                }
            }
            Row result = result(row);
            for (long i = number(frames, LOW); i < low; i++) {
                window.remove(i);
            }
            if (current - low >= maxRows()) {
                throw new TableRuntimeException("KDA_SLIDE: a window holds more than " + maxRows()
                        + " rows of one key; the limit is " + Limits.MAX_ROWS);
            }
            frames.setField(LOW, low);
            frames.setField(TAIL, current + 1);
            frames.setField(LAST, now);
            return result;
        }

        private Row kept(Row row) {
            Row kept = new Row(plan.kept().size() + 1);
            kept.setField(0, now);
            for (int i = 0; i < plan.kept().size(); i++) {
                kept.setField(i + 1, row.getField(plan.kept().get(i)));
            }
            return kept;
        }

        /** Adds the row to a frame and takes out what it no longer sees; where the frame begins then. */
        private long enter(int frame, Row row) throws Exception {
            for (SlidePlan.Result result : plan.results()) {
                Aggregate aggregate = result.aggregate();
                if (result.frame() == frame && aggregate != null) {
                    @Nullable Object value = result.column() < 0 ? null : row.getField(result.column());
                    int at = accumulators + result.accumulator();
                    Aggregates.write(
                            frames,
                            at,
                            Aggregates.joined(aggregate, Aggregates.read(aggregate, frames, at), aggregate.of(value)));
                }
            }
            int headField = FRAMES + 2 * frame;
            long head = number(frames, headField);
            long mid = number(frames, headField + 1);
            while (head < current && isOut(plan.frames().get(frame), head)) {
                if (head >= mid) {
                    turn(frame, head);
                    mid = current + 1;
                }
                sums.remove(sumKey(frame, head));
                head++;
            }
            frames.setField(headField, head);
            frames.setField(headField + 1, mid);
            return head;
        }

        private boolean isOut(SlidePlan.Frame frame, long index) throws Exception {
            if (frame.size() < 0) {
                return false;
            }
            return frame.rows() ? current - index > frame.size() : number(window.get(index), 0) < now - frame.size();
        }

        /** Makes all younger rows older ones: each gets the accumulator from itself to the current row. */
        private void turn(int frame, long head) throws Exception {
            Row sum = new Row(plan.width() + 1);
            for (long i = current; i >= head; i--) {
                Row row = window.get(i);
                Row next = new Row(sum.getArity());
                for (SlidePlan.Result result : plan.results()) {
                    Aggregate aggregate = result.aggregate();
                    if (result.frame() == frame && aggregate != null) {
                        int at = result.accumulator();
                        @Nullable Object value = result.column() < 0 ? null : row.getField(keptIndex(result.column()));
                        Aggregates.write(
                                next,
                                at,
                                Aggregates.joined(aggregate, aggregate.of(value), Aggregates.read(aggregate, sum, at)));
                    }
                }
                sums.put(sumKey(frame, i), next);
                sum = next;
            }
            for (SlidePlan.Result result : plan.results()) {
                Aggregate aggregate = result.aggregate();
                if (result.frame() == frame && aggregate != null) {
                    Aggregates.write(frames, accumulators + result.accumulator(), aggregate.none());
                }
            }
        }

        private int keptIndex(int column) {
            return plan.kept().indexOf(column) + 1;
        }

        private long sumKey(int frame, long index) {
            return index * plan.frames().size() + frame;
        }

        private Row result(Row row) throws Exception {
            Row result = new Row(columns.width() + plan.results().size());
            columns.copy(row, result, 0);
            @Nullable Row[] older = new @Nullable Row[plan.frames().size()];
            for (int frame = 0; frame < older.length; frame++) {
                long head = number(frames, FRAMES + 2 * frame);
                older[frame] = head < number(frames, FRAMES + 2 * frame + 1) ? sums.get(sumKey(frame, head)) : null;
            }
            for (int i = 0; i < plan.results().size(); i++) {
                SlidePlan.Result item = plan.results().get(i);
                Aggregate aggregate = item.aggregate();
                Positional positional = item.positional();
                @Nullable Object value = null;
                if (aggregate != null) {
                    Row front = older[item.frame()];
                    @Nullable Object[] younger = Aggregates.read(aggregate, frames, accumulators + item.accumulator());
                    value = aggregate.value(
                            front == null
                                    ? younger
                                    : Aggregates.joined(
                                            aggregate, Aggregates.read(aggregate, front, item.accumulator()), younger));
                } else if (positional != null) {
                    value = positional.of(rows(number(frames, FRAMES + 2 * item.frame())));
                }
                result.setField(columns.width() + i, value);
            }
            return result;
        }

        private Positional.Rows rows(long head) {
            return new Positional.Rows() {
                @Override
                public int size() {
                    return Math.toIntExact(current - head + 1);
                }

                @Override
                public @Nullable Object value(int column, int row) throws Exception {
                    return window.get(head + row).getField(keptIndex(column));
                }

                @Override
                public long time(int row) throws Exception {
                    return number(window.get(head + row), 0);
                }
            };
        }
    }
}
