package io.riacho.flink.function;

import java.io.Serializable;
import java.util.ArrayList;
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
 * {@code KDA_SORT(input, bucket, keys)}: {@code ORDER BY} of a stream. Rows of one bucket of time (milliseconds, counted
 * from the epoch) go out together when the bucket ends, sorted; the bucket's end is their time. {@code keys} is
 * {@code COLUMN ASC|DESC} joined by semicolons; NULL comes last in ascending order, first in descending order; rows
 * that are equal stay in the order of time, then of arrival.
 */
public final class Sort extends TimedTableFunction {
    private final Columns columns;
    private final long bucket;
    private final List<Key> keys;

    public Sort() {
        this(new Columns(List.of(), List.of(), -1), 1, List.of());
    }

    private Sort(Columns columns, long bucket, List<Key> keys) {
        this.columns = columns;
        this.bucket = bucket;
        this.keys = keys;
    }

    private record Key(int column, boolean descending) implements Serializable {
        Comparator<Row> order() {
            Comparator<Row> ascending = Comparator.comparing(
                    row -> comparable(row.getField(column)), Comparator.nullsLast(Comparator.naturalOrder()));
            return descending ? ascending.reversed() : ascending;
        }

        @SuppressWarnings("unchecked")
        private static @Nullable Comparable<Object> comparable(@Nullable Object value) {
            return (Comparable<Object>) value;
        }
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("bucket", DataTypes.INT().notNull(), false),
                StaticArgument.scalar("keys", DataTypes.STRING().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        List<Key> keys = new ArrayList<>();
        for (String key : text(call, 2, "keys").split(";")) {
            String[] parts = key.trim().split(" +");
            boolean descending = parts.length == 2 && parts[1].equals("DESC");
            if (parts.length != 2 || !descending && !parts[1].equals("ASC")) {
                throw new ValidationException("A key is COLUMN ASC or COLUMN DESC, not '" + key + "'");
            }
            int column = columns.index(parts[0]);
            if (!Aggregate.isComparable(columns.types().get(column))) {
                throw new ValidationException("Rows cannot be ordered by column " + parts[0] + " of type "
                        + columns.types().get(column));
            }
            keys.add(new Key(column, descending));
        }
        return new Sort(columns, number(call, 1, "bucket", 1, Integer.MAX_VALUE), List.copyOf(keys));
    }

    @Override
    List<DataTypes.Field> output() {
        return columns.fields(false);
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
            Integer bucketArgument,
            String keysArgument)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long end = (Math.floorDiv(clock.time(), bucket) + 1) * bucket;
        awaitUntil(clock, counts, pending, end, input);
    }

    public void onTimer(OnTimerContext context, MapView<Long, Integer> counts, MapView<Long, Row> pending)
            throws Exception {
        List<Row> rows =
                Buffer.take(counts, pending, context.timeContext(Long.class).time());
        Comparator<Row> order = new Key(columns.time(), false).order();
        for (int i = keys.size() - 1; i >= 0; i--) {
            order = keys.get(i).order().thenComparing(order);
        }
        for (Row row : rows.stream().sorted(order).toList()) {
            Row result = new Row(columns.width());
            columns.copy(row, result, 0);
            collect(result);
        }
    }
}
