package io.riacho.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.randomcutforest.RandomCutForest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static FlinkTables flink;

    @BeforeAll
    static void open() throws Exception {
        flink = FlinkTables.open();
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        LocalDateTime time = LocalDateTime.parse("2020-01-01T00:00");
        for (int i = 0; i < 300; i++) {
            time = time.plusSeconds(1);
            boolean odd = i == 250;
            rows.add(Row.of(
                    time, "host", odd ? 5.0 : random.nextGaussian(), i == 280 ? null : (float) random.nextGaussian()));
        }
        flink.table(
                "LOAD",
                List.of(
                        new FlinkTables.Column("HOST", Types.STRING, "STRING"),
                        new FlinkTables.Column("CPU", Types.DOUBLE, "DOUBLE"),
                        new FlinkTables.Column("NET", Types.FLOAT, "FLOAT")),
                rows);
    }

    @Test
    void anOutlierScoresHighestAndIsExplained() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (var results = flink.sql.executeSql("""
                        SELECT `rowtime`, HOST, ANOMALY_SCORE, ANOMALY_EXPLANATION FROM KDA_RANDOM_CUT_FOREST_WITH_EXPLANATION(input => TABLE LOAD,
                          trees => 50, sample => 200, decay => 100000, shingle => 1, directionality => TRUE, on_time => DESCRIPTOR(`__rt`), uid => 'r')""").collect()) {
            results.forEachRemaining(rows::add);
        }
        assertThat(rows).hasSize(300);
        assertThat(rows.subList(0, 199))
                .allSatisfy(row -> assertThat(row.getField(2)).isEqualTo(0.0));
        Row highest = rows.stream()
                .max(java.util.Comparator.comparing(row -> (Double) row.getField(2)))
                .orElseThrow();
        assertThat(highest.getField(0)).isEqualTo(LocalDateTime.parse("2020-01-01T00:04:11"));
        assertThat(String.valueOf(highest.getField(3)))
                .matches(
                        "\\{\"CPU\":\\{\"DIRECTION\":\"HIGH\",\"STRENGTH\":\"[01]\\.\\d{4}\",\"ATTRIBUTION_SCORE\":\"\\d\\.\\d{4}\"},\"NET\":.*}}");
        assertThat(rows.get(280).getField(2)).isEqualTo(0.0);
    }

    @Test
    void aForestIsTheSameAfterItWasStored() throws Exception {
        Random random = new Random(5);
        RandomCutForest forest = ForestStore.create(2, 20, 64, 1000, 3);
        MapView<Integer, Row> pieces = new MapView<>();
        MapView<Integer, Row> points = new MapView<>();
        for (int i = 0; i < 500; i++) {
            forest.update(new double[] {random.nextGaussian(), random.nextGaussian()});
        }
        ForestStore.save(forest, pieces, points);
        double[] after = {0.5, -0.5};
        forest.update(after);
        points.put(0, Row.of((Object) new Double[] {0.5, -0.5}));
        RandomCutForest restored = ForestStore.load(ForestStore.create(2, 20, 64, 1000, 3), pieces, points);
        assertThat(restored.getTotalUpdates()).isEqualTo(501);
        for (double[] point : List.of(new double[] {0, 0}, new double[] {9, 9}, new double[] {0, 4})) {
            assertThat(restored.getAnomalyScore(point)).isEqualTo(forest.getAnomalyScore(point));
        }
    }

    @Test
    void aDenseRegionAroundARowIsAHotspot() {
        DensePoints points = new DensePoints(100, 0.5, 4);
        for (int i = 0; i < 20; i++) {
            points.add(new double[] {i * 10, 100});
            assertThat(points.aroundLast()).isEqualTo("{\"hotspots\":[]}");
        }
        for (double x : new double[] {1, 1.2, 1.4}) {
            points.add(new double[] {x, 2});
            assertThat(points.aroundLast()).isEqualTo("{\"hotspots\":[]}");
        }
        points.add(new double[] {1.2, 2.25});
        assertThat(points.aroundLast())
                .isEqualTo("{\"hotspots\":[{\"density\":" + 4 / ((1.4 - 1.0) * 0.25)
                        + ",\"maxValues\":[1.4,2.25],\"minValues\":[1.0,2.0]}]}");
        for (int i = 0; i < 100; i++) {
            points.add(new double[] {i * 10, 100});
        }
        points.add(new double[] {1.2, 2});
        assertThat(points.aroundLast()).isEqualTo("{\"hotspots\":[]}");
    }

    @Test
    void whatCannotBeLearntIsRefused() {
        flink.view("HOSTS", "SELECT `__rt`, HOST FROM LOAD");
        for (String arguments : List.of(
                "input => TABLE HOSTS, trees => 50, sample => 200, decay => 100000, shingle => 1",
                "input => TABLE LOAD, trees => 50, sample => 200, decay => 100, shingle => 1",
                "input => TABLE LOAD PARTITION BY HOST, trees => 50, sample => 200, decay => 100000, shingle => 1",
                "input => TABLE LOAD, trees => 5000, sample => 200, decay => 100000, shingle => 1")) {
            assertThatThrownBy(() -> flink.sql.explainSql("SELECT * FROM KDA_RANDOM_CUT_FOREST(" + arguments
                            + ", on_time => DESCRIPTOR(`__rt`), uid => 'r')"))
                    .as(arguments)
                    .hasStackTraceContaining("ValidationException");
        }
    }
}
