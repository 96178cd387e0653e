package io.riacho.flink.function;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
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
 * The random cut forests, on AWS's own library. A row's score is that against the rows before it, 0 while the forest
 * learns the first {@code sample} of them; a row with a missing value scores 0 and is not learnt. The seed is fixed, so the
 * same rows give the same scores.
 */
abstract class ForestFunction extends TimedTableFunction {
    private static final String POINTS = "points";
    private static final String PIECES = "pieces";

    private final Settings settings;
    private transient @Nullable RandomCutForest forest;

    ForestFunction(Settings settings) {
        this.settings = settings;
    }

    record Settings(
            Columns columns,
            NumericColumns numbers,
            int trees,
            int sample,
            int decay,
            int shingle,
            boolean explains,
            boolean directs)
            implements java.io.Serializable {

        static final Settings NONE = new Settings(
                new Columns(List.of(), List.of(), -1),
                new NumericColumns(List.of(), List.of()),
                1,
                10,
                11,
                1,
                false,
                false);

        static Settings of(CallContext call, boolean explains) {
            Columns columns = Columns.of(call, 0);
            Settings settings = new Settings(
                    columns,
                    NumericColumns.of(call, columns),
                    (int) number(call, 1, "trees", 1, 1000),
                    (int) number(call, 2, "sample", 10, 1000),
                    (int) number(call, 3, "decay", 1, Integer.MAX_VALUE),
                    (int) number(call, 4, "shingle", 1, 30),
                    explains,
                    explains && call.getArgumentValue(5, Boolean.class).orElse(false));
            if (settings.sample >= settings.decay) {
                throw new ValidationException(call.getName() + ": the sample must be smaller than the decay");
            }
            return settings;
        }
    }

    static List<StaticArgument> numbers() {
        return IntStream.range(0, 4)
                .mapToObj(i -> StaticArgument.scalar(
                        List.of("trees", "sample", "decay", "shingle").get(i),
                        DataTypes.INT().notNull(),
                        false))
                .toList();
    }

    @Override
    List<DataTypes.Field> output() {
        List<DataTypes.Field> fields = new ArrayList<>(settings.columns().fields(false));
        fields.add(DataTypes.FIELD("ANOMALY_SCORE", DataTypes.DOUBLE().notNull()));
        if (settings.explains()) {
            fields.add(DataTypes.FIELD("ANOMALY_EXPLANATION", DataTypes.STRING().notNull()));
        }
        return fields;
    }

    @Override
    List<String> stateNames() {
        return List.of(COUNTS, PENDING, PIECES, POINTS, "learnt");
    }

    @Override
    Map<String, DataType> state() {
        return Map.of(
                COUNTS,
                countsType(),
                PENDING,
                rowsType(settings.columns().rowType()),
                PIECES,
                MapView.newMapViewDataType(
                        DataTypes.INT().notNull(), DataTypes.ROW(DataTypes.FIELD("piece", DataTypes.BYTES()))),
                POINTS,
                MapView.newMapViewDataType(
                        DataTypes.INT().notNull(),
                        DataTypes.ROW(DataTypes.FIELD("point", DataTypes.ARRAY(DataTypes.DOUBLE())))),
                "learnt",
                DataTypes.ROW(DataTypes.FIELD("since", DataTypes.INT())));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        forest = null;
    }

    public void onTimer(
            OnTimerContext context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Integer, Row> pieces,
            MapView<Integer, Row> points,
            Row learnt)
            throws Exception {
        RandomCutForest known = forest;
        if (known == null) {
            known = ForestStore.load(
                    ForestStore.create(
                            settings.numbers().indexes().size(),
                            settings.trees(),
                            settings.sample(),
                            settings.decay(),
                            settings.shingle()),
                    pieces,
                    points);
            forest = known;
        }
        for (Row row :
                Buffer.take(counts, pending, context.timeContext(Long.class).time())) {
            double[] point = settings.numbers().point(row);
            Row result = new Row(settings.columns().width() + (settings.explains() ? 2 : 1));
            settings.columns().copy(row, result, 0);
            score(known, point, result);
            collect(result);
            if (point != null) {
                known.update(point);
                int since = learnt.getField(0) instanceof Integer count ? count : 0;
                points.put(since, Row.of((Object)
                        java.util.Arrays.stream(point).boxed().toArray(Double[]::new)));
                if (++since == ForestStore.POINTS) {
                    ForestStore.save(known, pieces, points);
                    since = 0;
                }
                learnt.setField(0, since);
            }
        }
    }

    private void score(RandomCutForest known, double @Nullable [] point, Row result) {
        int at = settings.columns().width();
        boolean ready = point != null && known.isOutputReady();
        double[] scored = point == null ? new double[0] : point;
        if (!settings.explains()) {
            result.setField(at, ready ? known.getAnomalyScore(scored) : 0.0);
            return;
        }
        int columns = settings.numbers().indexes().size();
        double[] high = new double[columns];
        double[] low = new double[columns];
        if (ready) {
            DiVector parts = known.getAnomalyAttribution(scored);
            for (int i = 0; i < parts.high.length; i++) {
                high[i % columns] += parts.high[i];
                low[i % columns] += parts.low[i];
            }
        }
        double total = 0;
        for (int i = 0; i < columns; i++) {
            total += high[i] + low[i];
        }
        result.setField(at, total);
        result.setField(at + 1, explanation(high, low));
    }

    private String explanation(double[] high, double[] low) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < high.length; i++) {
            json.append(i == 0 ? "" : ",");
            Json.string(json, settings.numbers().names().get(i)).append(":{");
            double sum = high[i] + low[i];
            if (settings.directs()) {
                double strength = sum == 0 ? 0 : Math.abs(high[i] - low[i]) / sum;
                json.append("\"DIRECTION\":\"")
                        .append(high[i] > low[i] ? "HIGH" : "LOW")
                        .append("\",\"STRENGTH\":\"")
                        .append(String.format(Locale.ROOT, "%.4f", strength))
                        .append("\",");
            }
            json.append("\"ATTRIBUTION_SCORE\":\"")
                    .append(String.format(Locale.ROOT, "%.4f", sum))
                    .append("\"}");
        }
        return Objects.requireNonNull(json.append('}').toString());
    }
}
