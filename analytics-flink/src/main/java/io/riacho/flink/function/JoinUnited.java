package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_JOIN_UNITED(input PARTITION BY key, left_columns, right_columns, kind, left_size, right_size)}: {@link Join} of two tables that come as one, their UNION ALL, in which the column {@code
 * __side} is {@code 'l'} or {@code 'r'} and the columns of the other side are NULL. A view can hold this call, whereas the text that Flink 2.3 keeps of a view with two partitioned tables
 * cannot be parsed again.
 */
public final class JoinUnited extends Join {
    private static final String SIDE = "__side";

    private final int sideColumn;

    public JoinUnited() {
        this(List.of(), false, 0);
    }

    private JoinUnited(List<JoinSide> sides, boolean pairs, int sideColumn) {
        super(sides, pairs);
        this.sideColumn = sideColumn;
    }

    @Override
    List<String> tables() {
        return List.of("input");
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("left_columns", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("right_columns", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("kind", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("left_size", DataTypes.INT().notNull(), false),
                StaticArgument.scalar("right_size", DataTypes.INT().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        List<Integer> keys = keys(call, 0);
        String kind = kind(call, 3);
        boolean full = kind.equals("FULL");
        return new JoinUnited(
                List.of(
                        new JoinSide(
                                columns,
                                keys,
                                indexes(columns, text(call, 1, "left_columns")),
                                number(call, 4, "left_size", 0, Integer.MAX_VALUE),
                                full || kind.equals("LEFT")),
                        new JoinSide(
                                columns,
                                keys,
                                indexes(columns, text(call, 2, "right_columns")),
                                number(call, 5, "right_size", 0, Integer.MAX_VALUE),
                                full || kind.equals("RIGHT"))),
                kind.equals("CURRENT"),
                index(columns, SIDE));
    }

    private static List<Integer> indexes(Columns columns, String names) {
        List<Integer> indexes = new ArrayList<>();
        for (String name : names.split(";", -1)) {
            indexes.add(index(columns, name));
        }
        return List.copyOf(indexes);
    }

    private static int index(Columns columns, String name) {
        int index = columns.names().indexOf(name);
        if (index < 0) {
            throw new ValidationException("The join has no column " + name);
        }
        return index;
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
            @Nullable Row input,
            String leftColumns,
            String rightColumns,
            String kindArgument,
            Integer leftSizeArgument,
            Integer rightSizeArgument)
            throws Exception {
        if (input != null && "l".equals(input.getField(sideColumn))) {
            await(context, leftCounts, leftPending, input);
        } else if (input != null) {
            await(context, rightCounts, rightPending, input);
        }
    }
}
