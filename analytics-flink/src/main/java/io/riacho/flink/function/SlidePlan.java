package io.riacho.flink.function;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@link Slide} computes.
 *
 * @param kept indexes of the input columns that the window keeps
 */
record SlidePlan(List<Frame> frames, List<Result> results, List<Integer> kept) implements Serializable {

    /**
     * Rows of a window.
     *
     * @param rows whether the size counts rows before the current one, else milliseconds before it
     * @param size -1 for all
     */
    record Frame(boolean rows, long size) implements Serializable {}

    /**
     * One result column: either put together from parts, or found by looking at rows.
     *
     * @param column index of the input column of an aggregate, -1 for none
     * @param accumulator index of the aggregate's first accumulator field
     */
    record Result(
            int frame,
            String out,
            @Nullable Aggregate aggregate,
            int column,
            int accumulator,
            @Nullable Positional positional)
            implements Serializable {}

    static SlidePlan parse(String text, Columns columns) {
        List<Frame> frames = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        Set<Integer> kept = new HashSet<>();
        Set<String> names = new HashSet<>();
        int accumulator = 0;
        for (AggregateCall call : AggregateCall.parse(text)) {
            if (call.frame().equals("ALL")) {
                throw new ValidationException("A sliding window is RANGE or ROWS, not ALL");
            }
            if (!names.add(call.out()) || columns.names().contains(call.out())) {
                throw new ValidationException("Two columns of the result are named " + call.out());
            }
            Positional positional = Positional.of(call, columns);
            Frame frame = new Frame(call.frame().equals("ROWS"), call.size());
            if (positional instanceof Positional.Lag lag && !lag.ignoreNulls() && frame.size() < 0) {
                frame = new Frame(true, lag.offset());
            }
            if (!frames.contains(frame)) {
                frames.add(frame);
            }
            int index = frames.indexOf(frame);
            if (positional != null) {
                for (String argument : call.args()) {
                    int column = columns.names().indexOf(argument);
                    if (column >= 0) {
                        kept.add(column);
                    }
                }
                results.add(new Result(index, call.out(), null, -1, 0, positional));
            } else {
                Aggregates.Item item = Aggregates.item(call, columns);
                if (item.column() >= 0) {
                    kept.add(item.column());
                }
                results.add(new Result(index, call.out(), item.aggregate(), item.column(), accumulator, null));
                accumulator += item.aggregate().width();
            }
        }
        return new SlidePlan(
                List.copyOf(frames),
                List.copyOf(results),
                kept.stream().sorted().toList());
    }

    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (Result result : results) {
            Aggregate aggregate = result.aggregate();
            Positional positional = result.positional();
            if (aggregate != null) {
                fields.add(DataTypes.FIELD(result.out(), aggregate.result()));
            } else if (positional != null) {
                fields.add(DataTypes.FIELD(result.out(), positional.result()));
            }
        }
        return fields;
    }

    List<DataTypes.Field> accumulators() {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (Result result : results) {
            Aggregate aggregate = result.aggregate();
            if (aggregate != null) {
                for (var type : aggregate.fields()) {
                    fields.add(DataTypes.FIELD("a" + fields.size(), type.nullable()));
                }
            }
        }
        return fields;
    }

    /** Number of {@link #accumulators()}. */
    int width() {
        int width = 0;
        for (Result result : results) {
            Aggregate aggregate = result.aggregate();
            width += aggregate == null ? 0 : aggregate.width();
        }
        return width;
    }

    /** Whether a frame's rows must stay after the row has been counted. */
    boolean keepsRows(int frame) {
        if (frames.get(frame).size() >= 0) {
            return true;
        }
        for (Result result : results) {
            if (result.frame() == frame && result.positional() != null) {
                return true;
            }
        }
        return false;
    }

    /** The longest time a row counts after it came, -1 if that is not bounded by time. */
    long longest() {
        long longest = 0;
        for (Frame frame : frames) {
            if (frame.rows() || frame.size() < 0) {
                return -1;
            }
            longest = Math.max(longest, frame.size());
        }
        return longest;
    }
}
