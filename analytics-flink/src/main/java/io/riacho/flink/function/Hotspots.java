package io.riacho.flink.function;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_HOTSPOTS(input, size, radius, min_points)}: the dense regions around a row among the last {@code size} rows, as
 * JSON: see {@link DensePoints}. A row with a missing value has none and counts for none.
 */
public final class Hotspots extends TimedTableFunction {
    private final Columns columns;
    private final NumericColumns numbers;
    private final int size;
    private final double radius;
    private final int minPoints;
    private transient @Nullable DensePoints points;

    public Hotspots() {
        this(new Columns(List.of(), List.of(), -1), new NumericColumns(List.of(), List.of()), 100, 1, 2);
    }

    private Hotspots(Columns columns, NumericColumns numbers, int size, double radius, int minPoints) {
        this.columns = columns;
        this.numbers = numbers;
        this.size = size;
        this.radius = radius;
        this.minPoints = minPoints;
    }

    @Override
    List<StaticArgument> scalars() {
        return List.of(
                StaticArgument.scalar("size", DataTypes.INT().notNull(), false),
                StaticArgument.scalar("radius", DataTypes.DOUBLE().notNull(), false),
                StaticArgument.scalar("min_points", DataTypes.INT().notNull(), false));
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        Columns columns = Columns.of(call, 0);
        int size = (int) number(call, 1, "size", 100, 1000);
        double radius = call.getArgumentValue(2, Double.class).orElse(Double.NaN);
        if (!(radius > 0) || Double.isInfinite(radius)) {
            throw new ValidationException(
                    call.getName() + ": the radius must be a literal DOUBLE above zero, such as 2E-1");
        }
        return new Hotspots(
                columns, NumericColumns.of(call, columns), size, radius, (int) number(call, 3, "min_points", 2, size));
    }

    @Override
    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = columns.fields(false);
        fields.add(DataTypes.FIELD("HOTSPOTS_RESULT", DataTypes.STRING().notNull()));
        return fields;
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING, "points", "next");
    }

    @Override
    Map<String, DataType> state() {
        return Map.of(
                COUNTS,
                countsType(),
                PENDING,
                rowsType(columns.rowType()),
                "points",
                MapView.newMapViewDataType(
                        DataTypes.INT().notNull(),
                        DataTypes.ROW(DataTypes.FIELD("point", DataTypes.ARRAY(DataTypes.DOUBLE())))),
                "next",
                DataTypes.ROW(DataTypes.FIELD("number", DataTypes.BIGINT())));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        points = null;
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Integer, Row> stored,
            Row next,
            Row input,
            Integer sizeArgument,
            Double radiusArgument,
            Integer minPointsArgument)
            throws Exception {
        await(context, counts, pending, input);
    }

    public void onTimer(
            OnTimerContext context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Integer, Row> stored,
            Row next)
            throws Exception {
        DensePoints known = points;
        if (known == null) {
            known = new DensePoints(size, radius, minPoints);
            long end = number(next);
            for (long i = Math.max(0, end - size); i < end; i++) {
                if (stored.get((int) (i % size)).getField(0) instanceof Double[] point) {
                    known.add(java.util.Arrays.stream(point).mapToDouble(x -> x).toArray());
                }
            }
            points = known;
        }
        for (Row row :
                Buffer.take(counts, pending, context.timeContext(Long.class).time())) {
            Row result = new Row(columns.width() + 1);
            columns.copy(row, result, 0);
            double[] point = numbers.point(row);
            if (point == null) {
                result.setField(columns.width(), DensePoints.NONE);
            } else {
                known.add(point);
                stored.put((int) (number(next) % size), Row.of((Object)
                        java.util.Arrays.stream(point).boxed().toArray(Double[]::new)));
                next.setField(0, number(next) + 1);
                result.setField(columns.width(), known.aroundLast());
            }
            collect(result);
        }
    }

    private static long number(Row next) {
        return next.getField(0) instanceof Long number ? number : 0;
    }
}
