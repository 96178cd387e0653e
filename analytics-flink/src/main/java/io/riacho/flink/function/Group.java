package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_GROUP(input, keys, monotonic, aggregates)}: groups that end when a monotonic key changes. All groups that are open
 * then go out, in the order in which they began, with the time of the row that changed it. {@code keys} and {@code monotonic},
 * which are some of the keys, are column names joined by semicolons.
 */
public final class Group extends TimedTableFunction {
    private final Columns columns;
    private final List<Integer> keys;
    private final List<Integer> monotonic;
    private final Aggregates aggregates;

    public Group() {
        this(new Columns(List.of(), List.of(), -1), List.of(), List.of(), new Aggregates(List.of()));
    }

    private Group(Columns columns, List<Integer> keys, List<Integer> monotonic, Aggregates aggregates) {
        this.columns = columns;
        this.keys = keys;
        this.monotonic = monotonic;
        this.aggregates = aggregates;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("keys", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("monotonic", DataTypes.STRING().notNull(), false),
                StaticArgument.scalar("aggregates", DataTypes.STRING().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        if (call.getTableSemantics(0).orElseThrow().partitionByColumns().length > 0) {
            throw new ValidationException(call.getName() + " takes all keys in 'keys': PARTITION BY is not possible");
        }
        List<Integer> keys = indexes(text(call, 1, "keys"), columns);
        List<Integer> monotonic = indexes(text(call, 2, "monotonic"), columns);
        if (!keys.containsAll(monotonic)) {
            throw new ValidationException(call.getName() + ": a monotonic key is not among the keys");
        }
        return new Group(columns, keys, monotonic, Aggregates.grouped(text(call, 3, "aggregates"), columns));
    }

    private static List<Integer> indexes(String names, Columns columns) {
        List<Integer> indexes = new ArrayList<>();
        for (String name : names.split(";")) {
            indexes.add(columns.index(name.trim()));
        }
        return List.copyOf(indexes);
    }

    @Override
    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = keyFields(keys, "");
        fields.addAll(aggregates.results());
        return fields;
    }

    private List<DataTypes.Field> keyFields(List<Integer> indexes, String prefix) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int key : indexes) {
            fields.add(DataTypes.FIELD(
                    prefix + columns.names().get(key), columns.types().get(key).nullable()));
        }
        return fields;
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING, "numbers", "groups", "open");
    }

    @Override
    Map<String, DataType> state() {
        List<DataTypes.Field> group = keyFields(keys, "k_");
        group.addAll(aggregates.accumulators());
        List<DataTypes.Field> open = new ArrayList<>();
        open.add(DataTypes.FIELD("count", DataTypes.INT()));
        open.addAll(keyFields(monotonic, "m_"));
        return Map.of(
                COUNTS,
                countsType(),
                PENDING,
                rowsType(columns.rowType()),
                "numbers",
                MapView.newMapViewDataType(
                        DataTypes.ROW(keyFields(keys, "k_")).notNull(),
                        DataTypes.INT().notNull()),
                "groups",
                MapView.newMapViewDataType(DataTypes.INT().notNull(), DataTypes.ROW(group)),
                "open",
                DataTypes.ROW(open));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Row, Integer> numbers,
            MapView<Integer, Row> groups,
            Row open,
            Row input,
            String keysArgument,
            String monotonicArgument,
            String aggregatesArgument)
            throws Exception {
        await(context, counts, pending, input);
    }

    public void onTimer(
            OnTimerContext context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Row, Integer> numbers,
            MapView<Integer, Row> groups,
            Row open)
            throws Exception {
        for (Row row :
                Buffer.take(counts, pending, context.timeContext(Long.class).time())) {
            int count = open.getField(0) instanceof Integer known ? known : 0;
            if (count > 0 && isChanged(row, open)) {
                close(groups, count);
                numbers.clear();
                count = 0;
            }
            for (int i = 0; i < monotonic.size(); i++) {
                open.setField(i + 1, row.getField(monotonic.get(i)));
            }
            Row key = new Row(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                key.setField(i, row.getField(keys.get(i)));
            }
            Integer number = numbers.get(key);
            Row group;
            if (number == null) {
                if (count >= maxRows()) {
                    throw new TableRuntimeException(
                            "KDA_GROUP: more than " + maxRows() + " groups are open; the limit is " + Limits.MAX_ROWS);
                }
                number = count++;
                numbers.put(key, number);
                group = new Row(keys.size() + aggregates.width());
                for (int i = 0; i < keys.size(); i++) {
                    group.setField(i, key.getField(i));
                }
            } else {
                group = groups.get(number);
            }
            aggregates.add(row, group, keys.size());
            groups.put(number, group);
            open.setField(0, count);
        }
    }

    private boolean isChanged(Row row, Row open) {
        for (int i = 0; i < monotonic.size(); i++) {
            @Nullable Object before = open.getField(i + 1);
            @Nullable Object now = row.getField(monotonic.get(i));
            if (before == null ? now != null : !before.equals(now)) {
                return true;
            }
        }
        return false;
    }

    private void close(MapView<Integer, Row> groups, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Row group = groups.get(i);
            Row result = new Row(keys.size() + aggregates.size());
            for (int key = 0; key < keys.size(); key++) {
                result.setField(key, group.getField(key));
            }
            aggregates.results(group, keys.size(), result, keys.size());
            collect(result);
        }
        groups.clear();
    }
}
