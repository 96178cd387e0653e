package io.riacho.flink.function;

import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.ProcessTableFunction.TimeContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one side and key of a {@link Join} that are in their window, at one moment. Each is held as its time, whether it met
 * another one, and itself, under a number that counts up; {@code ends} has the first number and the one after the last.
 */
final class JoinWindow {
    private static final int TIME = 0;
    private static final int MET = 1;
    private static final int ROW = 2;

    private final JoinSide side;
    private final MapView<Long, Row> rows;
    private final Row ends;
    private final int headField;
    private final int tailField;
    private long firstNew = -1;

    /** @param number of the side, 0 or 1 */
    JoinWindow(int number, JoinSide side, MapView<Long, Row> rows, Row ends) {
        this.side = side;
        this.rows = rows;
        this.ends = ends;
        this.headField = 2 * number;
        this.tailField = 2 * number + 1;
    }

    static DataType heldType(JoinSide side) {
        return DataTypes.ROW(
                DataTypes.FIELD("t", DataTypes.BIGINT()),
                DataTypes.FIELD("met", DataTypes.BOOLEAN()),
                DataTypes.FIELD("row", side.columns().rowType()));
    }

    long head() {
        return ends.getField(headField) instanceof Long head ? head : 0;
    }

    long tail() {
        return ends.getField(tailField) instanceof Long tail ? tail : 0;
    }

    boolean isEmpty() {
        return head() == tail();
    }

    /** The first row that came at this moment. */
    long firstNew() {
        return firstNew < 0 ? tail() : firstNew;
    }

    Row held(long number) throws Exception {
        return rows.get(number);
    }

    static @Nullable Row row(Row held) {
        return (Row) held.getField(ROW);
    }

    void add(Row row, long now, TimeContext<Long> clock, int maxRows) throws Exception {
        long tail = tail();
        if (firstNew < 0) {
            firstNew = tail;
        }
        if (tail - head() >= maxRows) {
            throw new TableRuntimeException("KDA_JOIN: one side holds more than " + maxRows
                    + " rows of one key; the limit is " + Limits.MAX_ROWS);
        }
        rows.put(tail, Row.of(now, null, row));
        ends.setField(tailField, tail + 1);
        if (side.size() > 0) {
            clock.registerOnTime(now + side.size());
        }
    }

    void met(long number, Row held) throws Exception {
        if (side.outer() && held.getField(MET) == null) {
            held.setField(MET, true);
            rows.put(number, held);
        }
    }

    /** @param unmet takes rows that leave without having met one, where the side asks for them */
    void expire(long now, Consumer<@Nullable Row> unmet) throws Exception {
        long head = head();
        while (head < tail()) {
            Row held = rows.get(head);
            if (!(held.getField(TIME) instanceof Long time) || time + side.size() > now) {
                break;
            }
            if (side.outer() && held.getField(MET) == null) {
                unmet.accept(row(held));
            }
            rows.remove(head++);
        }
        ends.setField(headField, head);
    }
}
