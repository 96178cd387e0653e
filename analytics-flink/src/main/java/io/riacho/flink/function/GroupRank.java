package io.riacho.flink.function;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_GROUP_RANK(input, rank_by, rank_out, sort_order, output_order, max_idle, output_max)}: rows of equal time are
 * a group; each gets its rank (equal values share one, and leave a gap) by a column, and the group goes out in the order of
 * ranks, at most {@code output_max} rows of it (0: all). A group is complete when time goes on, so {@code max_idle} has
 * nothing to wait for.
 */
public final class GroupRank extends TimedTableFunction {
    private final Columns columns;
    private final int by;
    private final String out;
    private final boolean descending;
    private final boolean descendingOutput;
    private final int most;

    public GroupRank() {
        this(new Columns(List.of(), List.of(), -1), -1, "", false, false, 0);
    }

    private GroupRank(Columns columns, int by, String out, boolean descending, boolean descendingOutput, int most) {
        this.columns = columns;
        this.by = by;
        this.out = out;
        this.descending = descending;
        this.descendingOutput = descendingOutput;
        this.most = most;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("rank_by", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("rank_out", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("sort_order", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("output_order", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("max_idle", DataTypes.INT().notNull(), false),
                StaticArgument.scalar("output_max", DataTypes.INT().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        int by = columns.index(text(call, 1, "rank_by"));
        if (!Aggregate.isComparable(columns.types().get(by))) {
            throw new ValidationException("Rows cannot be ranked by column " + text(call, 1, "rank_by"));
        }
        String out = text(call, 2, "rank_out");
        if (columns.names().contains(out)) {
            throw new ValidationException("There is a column " + out + " already");
        }
        number(call, 5, "max_idle", 0, Integer.MAX_VALUE);
        return new GroupRank(
                columns,
                by,
                out,
                isDescending(text(call, 3, "sort_order")),
                isDescending(text(call, 4, "output_order")),
                (int) number(call, 6, "output_max", 0, Integer.MAX_VALUE));
    }

    private static boolean isDescending(String order) {
        if (!order.equalsIgnoreCase("asc") && !order.equalsIgnoreCase("desc")) {
            throw new ValidationException("An order is 'asc' or 'desc', not '" + order + "'");
        }
        return order.equalsIgnoreCase("desc");
    }

    @Override
    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = columns.fields(false);
        fields.add(DataTypes.FIELD(out, DataTypes.INT().notNull()));
        return fields;
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
            String rankByArgument,
            String rankOutArgument,
            String sortOrderArgument,
            String outputOrderArgument,
            Integer maxIdleArgument,
            Integer outputMaxArgument)
            throws Exception {
        await(context, counts, pending, input);
    }

    public void onTimer(OnTimerContext context, MapView<Long, Integer> counts, MapView<Long, Row> pending)
            throws Exception {
        List<Row> group =
                Buffer.take(counts, pending, context.timeContext(Long.class).time());
        Comparator<Row> order = Comparator.comparing(this::value, Comparator.nullsLast(Comparator.naturalOrder()));
        List<Row> sorted =
                group.stream().sorted(descending ? order.reversed() : order).toList();
        Row[] ranked = new Row[sorted.size()];
        int rank = 1;
        for (int i = 0; i < ranked.length; i++) {
            if (i > 0 && order.compare(sorted.get(i - 1), sorted.get(i)) != 0) {
                rank = i + 1;
            }
            ranked[i] = new Row(columns.width() + 1);
            columns.copy(sorted.get(i), ranked[i], 0);
            ranked[i].setField(columns.width(), rank);
        }
        int shown = most == 0 ? ranked.length : Math.min(most, ranked.length);
        for (int i = 0; i < shown; i++) {
            collect(ranked[descendingOutput ? ranked.length - 1 - i : i]);
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable Comparable<Object> value(Row row) {
        return (Comparable<Object>) row.getField(by);
    }
}
