package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
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

    private final List<JoinSide> sides;
    private final boolean pairs;

    public Join() {
        this(List.of(), false);
    }

    Join(List<JoinSide> sides, boolean pairs) {
        this.sides = sides;
        this.pairs = pairs;
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

    private static JoinSide side(CallContext call, int position, long size, boolean outer) {
        return JoinSide.of(Columns.of(call, position), keys(call, position), size, outer);
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
        for (JoinSide side : sides) {
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
                rowsType(JoinWindow.heldType(sides.get(LEFT))),
                "counts1",
                countsType(),
                "pending1",
                rowsType(sides.get(RIGHT).columns().rowType()),
                "window1",
                rowsType(JoinWindow.heldType(sides.get(RIGHT))),
                "ends",
                DataTypes.ROW(
                        DataTypes.FIELD("head0", DataTypes.BIGINT()),
                        DataTypes.FIELD("tail0", DataTypes.BIGINT()),
                        DataTypes.FIELD("head1", DataTypes.BIGINT()),
                        DataTypes.FIELD("tail1", DataTypes.BIGINT())));
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
        JoinWindow lefts = new JoinWindow(LEFT, sides.get(LEFT), leftWindow, ends);
        JoinWindow rights = new JoinWindow(RIGHT, sides.get(RIGHT), rightWindow, ends);
        long before = lefts.tail();
        for (Row row : left) {
            lefts.add(row, now, clock, maxRows());
        }
        for (Row row : right) {
            rights.add(row, now, clock, maxRows());
        }
        meet(lefts, rights, before);
        lefts.expire(now, row -> put(row, null));
        rights.expire(now, row -> put(null, row));
        if (lefts.isEmpty() && rights.isEmpty()) {
            for (int i = 0; i < ends.getArity(); i++) {
                ends.setField(i, null);
            }
        }
    }

    /** Rows that came now meet the other side's rows, each pair once: what is held is within its window. */
    private void meet(JoinWindow lefts, JoinWindow rights, long firstNewLeft) throws Exception {
        for (long i = lefts.head(); i < lefts.tail(); i++) {
            Row heldLeft = lefts.held(i);
            boolean isNew = i >= firstNewLeft;
            for (long j = isNew ? rights.head() : rights.firstNew(); j < rights.tail(); j++) {
                Row heldRight = rights.held(j);
                Row left = JoinWindow.row(heldLeft);
                Row right = JoinWindow.row(heldRight);
                if (left != null
                        && right != null
                        && !sides.get(LEFT).hasNullKey(left)
                        && !sides.get(RIGHT).hasNullKey(right)) {
                    put(left, right);
                    lefts.met(i, heldLeft);
                    rights.met(j, heldRight);
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
}
