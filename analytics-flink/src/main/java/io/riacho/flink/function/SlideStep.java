package io.riacho.flink.function;

import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** One row comes into the windows of its key. */
final class SlideStep {
    private final Columns columns;
    private final SlidePlan plan;
    private final MapView<Long, Row> window;
    private final MapView<Long, Row> sums;
    private final SlideFrames frames;
    private final long now;
    private final long current;

    SlideStep(
            Columns columns,
            SlidePlan plan,
            MapView<Long, Row> window,
            MapView<Long, Row> sums,
            SlideFrames frames,
            long now) {
        this.columns = columns;
        this.plan = plan;
        this.window = window;
        this.sums = sums;
        this.frames = frames;
        this.now = now;
        this.current = frames.tail();
    }

    /** The row with what its windows say of it. */
    Row of(Row row, int maxRows) throws Exception {
        window.put(current, kept(row));
        long low = current + 1;
        for (int frame = 0; frame < plan.frames().size(); frame++) {
            long head = enter(frame, row);
            if (plan.keepsRows(frame)) {
                low = Math.min(low, head);
            }
        }
        Row result = result(row);
        for (long i = frames.low(); i < low; i++) {
            window.remove(i);
        }
        if (current - low >= maxRows) {
            throw new TableRuntimeException("KDA_SLIDE: a window holds more than " + maxRows
                    + " rows of one key; the limit is " + Limits.MAX_ROWS);
        }
        frames.came(now, low, current + 1);
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
                frames.setYounger(
                        result, Aggregates.joined(aggregate, frames.younger(aggregate, result), aggregate.of(value)));
            }
        }
        long head = frames.head(frame);
        long mid = frames.mid(frame);
        while (head < current && isOut(plan.frames().get(frame), head)) {
            if (head >= mid) {
                turn(frame, head);
                mid = current + 1;
            }
            sums.remove(sumKey(frame, head));
            head++;
        }
        frames.set(frame, head, mid);
        return head;
    }

    private boolean isOut(SlidePlan.Frame frame, long index) throws Exception {
        if (frame.size() < 0) {
            return false;
        }
        return frame.rows()
                ? current - index > frame.size()
                : SlideFrames.number(window.get(index), 0) < now - frame.size();
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
                frames.setYounger(result, aggregate.none());
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
            long head = frames.head(frame);
            older[frame] = head < frames.mid(frame) ? sums.get(sumKey(frame, head)) : null;
        }
        for (int i = 0; i < plan.results().size(); i++) {
            SlidePlan.Result item = plan.results().get(i);
            Aggregate aggregate = item.aggregate();
            Positional positional = item.positional();
            @Nullable Object value = null;
            if (aggregate != null) {
                Row front = older[item.frame()];
                @Nullable Object[] younger = frames.younger(aggregate, item);
                value = aggregate.value(
                        front == null
                                ? younger
                                : Aggregates.joined(
                                        aggregate, Aggregates.read(aggregate, front, item.accumulator()), younger));
            } else if (positional != null) {
                value = positional.of(rows(frames.head(item.frame())));
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
                return SlideFrames.number(window.get(head + row), 0);
            }
        };
    }
}
