package io.riacho.flink.function;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;

/**
 * {@code KDA_DISTINCT(input PARTITION BY all columns, size)}: the first row of each key goes out with its own time,
 * later ones do not; the key is forgotten when its bucket of time ({@code size} milliseconds, counted from the epoch)
 * ends.
 */
public final class Distinct extends TimedTableFunction {
    private final Columns columns;
    private final long size;

    public Distinct() {
        this(new Columns(List.of(), List.of(), -1), 1);
    }

    private Distinct(Columns columns, long size) {
        this.columns = columns;
        this.size = size;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(StaticArgument.scalar("size", DataTypes.INT().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        if (call.getTableSemantics(0).orElseThrow().partitionByColumns().length == 0) {
            throw new ValidationException(call.getName() + " needs PARTITION BY the columns that are distinct");
        }
        return new Distinct(Columns.of(call, 0), number(call, 1, "size", 1, Integer.MAX_VALUE));
    }

    @Override
    List<DataTypes.Field> output() {
        return columns.fields(false);
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING, "seen");
    }

    @Override
    Map<String, DataType> state() {
        return Map.of(
                COUNTS,
                countsType(),
                PENDING,
                rowsType(columns.rowType()),
                "seen",
                DataTypes.ROW(DataTypes.FIELD("until", DataTypes.BIGINT())));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            Row seen,
            Row input,
            Integer sizeArgument)
            throws Exception {
        await(context, counts, pending, input);
    }

    public void onTimer(OnTimerContext context, MapView<Long, Integer> counts, MapView<Long, Row> pending, Row seen)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long now = clock.time();
        if (seen.getField(0) instanceof Long until && until <= now) {
            seen.setField(0, null);
        }
        for (Row row : Buffer.take(counts, pending, now)) {
            if (seen.getField(0) == null) {
                long until = (Math.floorDiv(now, size) + 1) * size;
                seen.setField(0, until);
                clock.registerOnTime(until);
                Row result = new Row(columns.width());
                columns.copy(row, result, 0);
                collect(result);
            }
        }
    }
}
