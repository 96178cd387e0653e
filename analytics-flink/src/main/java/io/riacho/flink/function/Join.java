package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_JOIN(l PARTITION BY keys, r PARTITION BY keys, kind, left_size, right_size)}: a join of windows. A row stays
 * for its own side's size in milliseconds and meets the rows of the other side that come meanwhile, the last moment
 * included; a size of 0 is a side without a window, whose rows meet what is there and are gone. The result's time is
 * that of the later row; a row that met none goes out when it leaves, where the kind asks for it. Rows with a NULL in
 * their key meet none. Kind {@code CURRENT} pairs rows of equal time one to one, as they arrived.
 */
public class Join extends TimedTableFunction {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final List<Side> sides;
    private final boolean pairs;

    public Join() {
        this(List.of(), false);
    }

    Join(List<Side> sides, boolean pairs) {
        this.sides = sides;
        this.pairs = pairs;
    }

    /**
     * One of the two tables.
     *
     * @param keys indexes of the partition columns, which Flink puts out by itself
     * @param shown indexes of the columns that are put out
     * @param outer whether rows that met none go out
     */
    record Side(Columns columns, List<Integer> keys, List<Integer> shown, long size, boolean outer)
            implements java.io.Serializable {
        /** A table of its own, all of whose columns but the time and the keys are put out. */
        static Side of(Columns columns, List<Integer> keys, long size, boolean outer) {
            List<Integer> shown = new ArrayList<>();
            for (int i = 0; i < columns.names().size(); i++) {
                if (i != columns.time() && !keys.contains(i)) {
                    shown.add(i);
                }
            }
            return new Side(columns, List.copyOf(keys), List.copyOf(shown), size, outer);
        }

        boolean hasNullKey(Row row) {
            for (int key : keys) {
                if (isNull(row.getField(key))) {
                    return true;
                }
            }
            return false;
        }

        /** Several keys may come as one row, which equals no other if one of them is NULL. */
        private static boolean isNull(@Nullable Object key) {
            if (key instanceof Row several) {
                for (int i = 0; i < several.getArity(); i++) {
                    if (isNull(several.getField(i))) {
                        return true;
                    }
                }
            }
            return key == null;
        }
    }

    @Override
    List<String> tables() {
        return List.of("l", "r");
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("kind", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("left_size", DataTypes.INT().notNull(), false),
                StaticArgument.scalar("right_size", DataTypes.INT().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        String kind = kind(call, 2);
        boolean full = kind.equals("FULL");
        return new Join(
                List.of(
                        side(
                                call,
                                LEFT,
                                number(call, 3, "left_size", 0, Integer.MAX_VALUE),
                                full || kind.equals("LEFT")),
                        side(
                                call,
                                RIGHT,
                                number(call, 4, "right_size", 0, Integer.MAX_VALUE),
                                full || kind.equals("RIGHT"))),
                kind.equals("CURRENT"));
    }

    static String kind(CallContext call, int position) {
        String kind = text(call, position, "kind");
        if (!List.of("INNER", "LEFT", "RIGHT", "FULL", "CURRENT").contains(kind)) {
            throw new ValidationException("A join is INNER, LEFT, RIGHT, FULL or CURRENT, not '" + kind + "'");
        }
        return kind;
    }

    private static Side side(CallContext call, int position, long size, boolean outer) {
        return Side.of(Columns.of(call, position), keys(call, position), size, outer);
    }

    static List<Integer> keys(CallContext call, int position) {
        List<Integer> keys = new ArrayList<>();
        for (int key : call.getTableSemantics(position)
                .map(TableSemantics::partitionByColumns)
                .orElse(new int[0])) {
            keys.add(key);
        }
        return keys;
    }

    @Override
    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Side side : sides) {
            for (int column : side.shown()) {
                String name = side.columns().names().get(column);
                if (!names.add(name)) {
                    throw new ValidationException("Both sides of the join have a column " + name);
                }
                fields.add(
                        DataTypes.FIELD(name, side.columns().types().get(column).nullable()));
            }
        }
        return fields;
    }

    @Override
    List<String> stateNames() {
        return List.of("counts0", "pending0", "window0", "counts1", "pending1", "window1", "ends");
    }

    @Override
    Map<String, DataType> state() {
        return Map.of(
                "counts0",
                countsType(),
                "pending0",
                rowsType(sides.get(LEFT).columns().rowType()),
                "window0",
                rowsType(held(sides.get(LEFT))),
                "counts1",
                countsType(),
                "pending1",
                rowsType(sides.get(RIGHT).columns().rowType()),
                "window1",
                rowsType(held(sides.get(RIGHT))),
                "ends",
                DataTypes.ROW(
                        DataTypes.FIELD("head0", DataTypes.BIGINT()),
                        DataTypes.FIELD("tail0", DataTypes.BIGINT()),
                        DataTypes.FIELD("head1", DataTypes.BIGINT()),
                        DataTypes.FIELD("tail1", DataTypes.BIGINT())));
    }

    private static DataType held(Side side) {
        return DataTypes.ROW(
                DataTypes.FIELD("t", DataTypes.BIGINT()),
                DataTypes.FIELD("met", DataTypes.BOOLEAN()),
                DataTypes.FIELD("row", side.columns().rowType()));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> leftCounts,
            MapView<Long, Row> leftPending,
            MapView<Long, Row> leftWindow,
            MapView<Long, Integer> rightCounts,
            MapView<Long, Row> rightPending,
            MapView<Long, Row> rightWindow,
            Row ends,
            @Nullable Row left,
            @Nullable Row right,
            String kindArgument,
            Integer leftSizeArgument,
            Integer rightSizeArgument)
            throws Exception {
        if (left != null) {
            await(context, leftCounts, leftPending, left);
        } else if (right != null) {
            await(context, rightCounts, rightPending, right);
        }
    }

    public void onTimer(
            OnTimerContext context,
            MapView<Long, Integer> leftCounts,
            MapView<Long, Row> leftPending,
            MapView<Long, Row> leftWindow,
            MapView<Long, Integer> rightCounts,
            MapView<Long, Row> rightPending,
            MapView<Long, Row> rightWindow,
            Row ends)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long now = clock.time();
        List<Row> left = Buffer.take(leftCounts, leftPending, now);
        List<Row> right = Buffer.take(rightCounts, rightPending, now);
        if (pairs) {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                put(left.get(i), right.get(i));
            }
            return;
        }
        Held lefts = new Held(LEFT, leftWindow, ends);
        Held rights = new Held(RIGHT, rightWindow, ends);
        long before = lefts.tail();
        for (Row row : left) {
            lefts.add(row, now, clock);
        }
        for (Row row : right) {
            rights.add(row, now, clock);
        }
        meet(lefts, rights, before, now);
        lefts.expire(now);
        rights.expire(now);
        if (lefts.isEmpty() && rights.isEmpty()) {
            for (int i = 0; i < ends.getArity(); i++) {
                ends.setField(i, null);
            }
        }
    }

    /** Rows that came now meet the other side's rows, each pair once: what is held is within its window. */
    private void meet(Held lefts, Held rights, long firstNewLeft, long now) throws Exception {
        for (long i = lefts.head(); i < lefts.tail(); i++) {
            Row left = lefts.window.get(i);
            boolean isNew = i >= firstNewLeft;
            for (long j = isNew ? rights.head() : rights.firstAt(now); j < rights.tail(); j++) {
                Row right = rights.window.get(j);
                Row a = (Row) left.getField(2);
                Row b = (Row) right.getField(2);
                if (a != null
                        && b != null
                        && !sides.get(LEFT).hasNullKey(a)
                        && !sides.get(RIGHT).hasNullKey(b)) {
                    put(a, b);
                    lefts.met(i, left);
                    rights.met(j, right);
                }
            }
        }
    }

    private void put(@Nullable Row left, @Nullable Row right) {
        List<Integer> lefts = sides.get(LEFT).shown();
        List<Integer> rights = sides.get(RIGHT).shown();
        Row result = new Row(lefts.size() + rights.size());
        for (int i = 0; i < lefts.size() && left != null; i++) {
            result.setField(i, left.getField(lefts.get(i)));
        }
        for (int i = 0; i < rights.size() && right != null; i++) {
            result.setField(lefts.size() + i, right.getField(rights.get(i)));
        }
        collect(result);
    }

    /** The rows of one side that are in their window. */
    private final class Held {
        private final int number;
        private final Side side;
        private final MapView<Long, Row> window;
        private final Row ends;
        private long firstNew = -1;

        Held(int number, MapView<Long, Row> window, Row ends) {
            this.number = number;
            this.side = sides.get(number);
            this.window = window;
            this.ends = ends;
        }

        long head() {
            return ends.getField(2 * number) instanceof Long head ? head : 0;
        }

        long tail() {
            return ends.getField(2 * number + 1) instanceof Long tail ? tail : 0;
        }

        boolean isEmpty() {
            return head() == tail();
        }

        /** The first row that came now. */
        long firstAt(long now) {
            return firstNew < 0 ? tail() : firstNew;
        }

        void add(Row row, long now, TimeContext<Long> clock) throws Exception {
            long tail = tail();
            if (firstNew < 0) {
                firstNew = tail;
            }
            if (tail - head() >= maxRows()) {
                throw new TableRuntimeException("KDA_JOIN: one side holds more than " + maxRows()
                        + " rows of one key; the limit is " + Limits.MAX_ROWS);
            }
            window.put(tail, Row.of(now, null, row));
            ends.setField(2 * number + 1, tail + 1);
            if (side.size() > 0) {
                clock.registerOnTime(now + side.size());
            }
        }

        void met(long index, Row held) throws Exception {
            if (side.outer() && held.getField(1) == null) {
                held.setField(1, true);
                window.put(index, held);
            }
        }

        void expire(long now) throws Exception {
            long head = head();
            while (head < tail()) {
                Row held = window.get(head);
                if (!(held.getField(0) instanceof Long time) || time + side.size() > now) {
                    break;
                }
                if (side.outer() && held.getField(1) == null) {
                    Row row = (Row) held.getField(2);
                    put(number == LEFT ? row : null, number == LEFT ? null : row);
                }
                window.remove(head++);
            }
            ends.setField(2 * number, head);
        }
    }
}
