package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of one key of a {@link Slide} are, in a row of state: the number of the next row of the window and of
 * the oldest one, the time of the newest, that of the next look for an end, of each frame the number of its first row and
 * that of the first of its younger ones, and what the younger ones of each frame add up to.
 */
final class SlideFrames {
    private static final int TAIL = 0;
    private static final int LOW = 1;
    private static final int LAST = 2;
    private static final int CLEANUP = 3;
    private static final int FRAMES = 4;

    private final Row row;
    private final int accumulators;

    SlideFrames(Row row, SlidePlan plan) {
        this.row = row;
        this.accumulators = FRAMES + 2 * plan.frames().size();
    }

    static DataType type(SlidePlan plan) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (String name : List.of("tail", "low", "last", "cleanup")) {
            fields.add(DataTypes.FIELD(name, DataTypes.BIGINT()));
        }
        for (int i = 0; i < plan.frames().size(); i++) {
            fields.add(DataTypes.FIELD("head" + i, DataTypes.BIGINT()));
            fields.add(DataTypes.FIELD("mid" + i, DataTypes.BIGINT()));
        }
        fields.addAll(plan.accumulators());
        return DataTypes.ROW(fields);
    }

    long tail() {
        return number(row, TAIL);
    }

    long low() {
        return number(row, LOW);
    }

    /** Whether a row came since they were cleared. */
    boolean hasLast() {
        return row.getField(LAST) != null;
    }

    long last() {
        return number(row, LAST);
    }

    /** A row came at a time: the window has those from {@code low} on, and before {@code tail}. */
    void came(long time, long low, long tail) {
        row.setField(LOW, low);
        row.setField(TAIL, tail);
        row.setField(LAST, time);
    }

    @Nullable
    Long cleanup() {
        return row.getField(CLEANUP) instanceof Long time ? time : null;
    }

    void setCleanup(long time) {
        row.setField(CLEANUP, time);
    }

    long head(int frame) {
        return number(row, FRAMES + 2 * frame);
    }

    /** The first of the younger rows; those of the frame before it are the older ones. */
    long mid(int frame) {
        return number(row, FRAMES + 2 * frame + 1);
    }

    void set(int frame, long head, long mid) {
        row.setField(FRAMES + 2 * frame, head);
        row.setField(FRAMES + 2 * frame + 1, mid);
    }

    /** What the younger rows of the result's frame add up to. */
    @Nullable
    Object[] younger(Aggregate aggregate, SlidePlan.Result result) {
        return Aggregates.read(aggregate, row, accumulators + result.accumulator());
    }

    void setYounger(SlidePlan.Result result, @Nullable Object[] value) {
        Aggregates.write(row, accumulators + result.accumulator(), value);
    }

    void clear() {
        for (int i = 0; i < row.getArity(); i++) {
            row.setField(i, null);
        }
    }

    static long number(Row row, int field) {
        return row.getField(field) instanceof Long number ? number : 0;
    }
}
