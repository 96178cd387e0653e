package io.riacho.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SlidingWindowsTest {
    private static final List<FlinkTables.Column> CITIES = List.of(
            new FlinkTables.Column("CITY", Types.STRING, "STRING"), new FlinkTables.Column("TEMP", Types.INT, "INT"));

    /** AWS's SQL Reference, "Windowed aggregation on streams": time, city, temperature. */
    private static final String WEATHER = """
            2018-11-01T01:00 Denver 29, 2018-11-01T01:00 Anchorage 2, 2018-11-01T06:00 Miami 65, \
            2018-11-01T07:00 Denver 32, 2018-11-01T09:00 Anchorage 9, 2018-11-01T13:00 Denver 50, \
            2018-11-01T17:00 Anchorage 10, 2018-11-01T18:00 Miami 71, 2018-11-01T19:00 Denver 43, \
            2018-11-02T01:00 Anchorage 4, 2018-11-02T01:00 Denver 39, 2018-11-02T07:00 Denver 46, \
            2018-11-02T09:00 Anchorage 3, 2018-11-02T13:00 Denver 56, 2018-11-02T17:00 Anchorage 2, \
            2018-11-02T19:00 Denver 50, 2018-11-03T01:00 Denver 36, 2018-11-03T01:00 Anchorage 1""";

    private static FlinkTables flink;

    @BeforeAll
    static void open() throws Exception {
        flink = FlinkTables.open();
        List<Row> rows = new ArrayList<>();
        for (String line : WEATHER.split(", ")) {
            String[] parts = line.split(" ");
            rows.add(Row.of(LocalDateTime.parse(parts[0]), parts[1], Integer.valueOf(parts[2])));
        }
        flink.table("WEATHER", CITIES, rows);
    }

    @Test
    void rowsOfEqualTimeAreCountedOneByOne() throws Exception {
        assertThat(flink.rows("""
                        SELECT `__w1`, `__w2` FROM KDA_SLIDE(input => TABLE WEATHER,
                          aggregates => 'MIN TEMP RANGE 86400000 __w1;MAX TEMP RANGE 86400000 __w2',
                          on_time => DESCRIPTOR(`__rt`), uid => 'w')"""))
                .containsExactly(
                        "+I[29, 29]",
                        "+I[2, 29]",
                        "+I[2, 65]",
                        "+I[2, 65]",
                        "+I[2, 65]",
                        "+I[2, 65]",
                        "+I[2, 65]",
                        "+I[2, 71]",
                        "+I[2, 71]",
                        "+I[2, 71]",
                        "+I[2, 71]",
                        "+I[4, 71]",
                        "+I[3, 71]",
                        "+I[3, 71]",
                        "+I[2, 71]",
                        "+I[2, 56]",
                        "+I[2, 56]",
                        "+I[1, 56]");
    }

    @Test
    void eachKeyHasItsOwnWindow() throws Exception {
        assertThat(flink.rows("""
                        SELECT `rowtime`, `CITY`, `__w1`, `__w2`, `__w3` FROM KDA_SLIDE(input => TABLE WEATHER PARTITION BY `CITY`,
                          aggregates => 'MIN TEMP RANGE 86400000 __w1;MAX TEMP RANGE 86400000 __w2;AVG TEMP RANGE 86400000 __w3',
                          on_time => DESCRIPTOR(`__rt`), uid => 'w')"""))
                .containsExactlyInAnyOrder(
                        "+I[2018-11-01T01:00, Denver, 29, 29, 29]",
                        "+I[2018-11-01T01:00, Anchorage, 2, 2, 2]",
                        "+I[2018-11-01T06:00, Miami, 65, 65, 65]",
                        "+I[2018-11-01T07:00, Denver, 29, 32, 30]",
                        "+I[2018-11-01T09:00, Anchorage, 2, 9, 5]",
                        "+I[2018-11-01T13:00, Denver, 29, 50, 37]",
                        "+I[2018-11-01T17:00, Anchorage, 2, 10, 7]",
                        "+I[2018-11-01T18:00, Miami, 65, 71, 68]",
                        "+I[2018-11-01T19:00, Denver, 29, 50, 38]",
                        "+I[2018-11-02T01:00, Anchorage, 2, 10, 6]",
                        "+I[2018-11-02T01:00, Denver, 29, 50, 38]",
                        "+I[2018-11-02T07:00, Denver, 32, 50, 42]",
                        "+I[2018-11-02T09:00, Anchorage, 3, 10, 6]",
                        "+I[2018-11-02T13:00, Denver, 39, 56, 46]",
                        "+I[2018-11-02T17:00, Anchorage, 2, 10, 4]",
                        "+I[2018-11-02T19:00, Denver, 39, 56, 46]",
                        "+I[2018-11-03T01:00, Denver, 36, 56, 45]",
                        "+I[2018-11-03T01:00, Anchorage, 1, 4, 2]");
    }

    private static final List<FlinkTables.Column> NUMBERS = List.of(
            new FlinkTables.Column("K", Types.STRING, "STRING"),
            new FlinkTables.Column("X", Types.INT, "INT"),
            new FlinkTables.Column("D", Types.DOUBLE, "DOUBLE"));

    @Test
    void everyFrameSeesTheRowsThatABruteForceSees() throws Exception {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        LocalDateTime time = LocalDateTime.parse("2020-01-01T00:00");
        for (int i = 0; i < 400; i++) {
            time = time.plusNanos(random.nextInt(4) * 700_000_000L);
            if (i == 200) {
                time = time.plusHours(1);
            }
            Integer x = random.nextInt(5) == 0 ? null : random.nextInt(100) - 50;
            rows.add(
                    Row.of(time, "k" + random.nextInt(3), x, random.nextInt(9) == 0 ? 1e17 : random.nextInt(10) / 4.0));
        }
        flink.table("NUMBERS", NUMBERS, rows);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            expected.add(bruteForce(rows.subList(0, i + 1)));
        }
        assertThat(flink.rows("""
                        SELECT `K`, `X`, `rowtime`, a, b, c, d, e, f, g, h FROM KDA_SLIDE(
                          input => TABLE NUMBERS PARTITION BY `K`,
                          aggregates => 'COUNT * RANGE 5000 a;SUM X RANGE 5000 b;MIN X ROWS 4 c;MAX D RANGE 9000 d;\
                        COUNT X RANGE -1 e;LAG X,2,-,IGNORE RANGE 9000 f;FIRST_VALUE X,IGNORE ROWS 6 g;\
                        COUNT_DISTINCT X RANGE 9000 h',
                          on_time => DESCRIPTOR(`__rt`), uid => 'n')""")).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String bruteForce(List<Row> all) {
        Row current = all.get(all.size() - 1);
        List<Row> key = all.stream()
                .filter(row -> Objects.equals(row.getField(1), current.getField(1)))
                .toList();
        long now = FlinkTables.millis(current);
        List<Row> five = key.stream()
                .filter(row -> FlinkTables.millis(row) >= now - 5000)
                .toList();
        List<Row> nine = key.stream()
                .filter(row -> FlinkTables.millis(row) >= now - 9000)
                .toList();
        List<Row> four = key.subList(Math.max(0, key.size() - 5), key.size());
        List<Row> six = key.subList(Math.max(0, key.size() - 7), key.size());
        List<Integer> fives = ints(five);
        List<Integer> before = ints(nine.subList(0, nine.size() - 1));
        return Row.of(
                        current.getField(1),
                        current.getField(2),
                        current.getField(0),
                        (long) five.size(),
                        fives.isEmpty()
                                ? null
                                : fives.stream().mapToLong(x -> x).sum(),
                        ints(four).stream().min(Integer::compare).orElse(null),
                        nine.stream()
                                .map(row -> (Double) row.getField(3))
                                .max(Double::compare)
                                .orElse(null),
                        (long) ints(key).size(),
                        before.size() < 2 ? null : before.get(before.size() - 2),
                        ints(six).stream().findFirst().orElse(null),
                        ints(nine).stream().distinct().count())
                .toString();
    }

    private static List<Integer> ints(List<Row> rows) {
        List<Integer> ints = new ArrayList<>();
        for (Row row : rows) {
            if (row.getField(2) instanceof Integer x) {
                ints.add(x);
            }
        }
        return ints;
    }

    @Test
    void sumsOfDoublesForgetALargeValueThatLeftTheWindow() throws Exception {
        List<Row> rows = new ArrayList<>();
        LocalDateTime time = LocalDateTime.parse("2020-01-01T00:00");
        for (double x : new double[] {1e17, 0.25, 0.5, 1, 2}) {
            rows.add(Row.of(time, "k", 1, x));
            time = time.plusSeconds(1);
        }
        flink.table("OUTLIER", NUMBERS, rows);
        assertThat(flink.rows("""
                        SELECT s, v, e FROM KDA_SLIDE(input => TABLE OUTLIER,
                          aggregates => 'SUM D ROWS 1 s;VAR_POP D ROWS 1 v;EXP_AVG D,1000 RANGE 1000 e',
                          on_time => DESCRIPTOR(`__rt`), uid => 'l')"""))
                .endsWith(
                        "+I[0.75, 0.015625, " + (0.5 + 0.25 / 2) / 1.5 + "]",
                        "+I[1.5, 0.0625, " + (1 + 0.5 / 2) / 1.5 + "]",
                        "+I[3.0, 0.25, " + (2 + 1.0 / 2) / 1.5 + "]");
    }

    @Test
    void aBadAggregateIsRefusedWhenTheStatementIsChecked() {
        for (String aggregates : List.of(
                "MIN NOTHING RANGE 1 a",
                "MEDIAN TEMP RANGE 1 a",
                "MIN TEMP RANGE a",
                "MIN TEMP RANGE x a",
                "SUM CITY ROWS 1 a",
                "MIN TEMP ROWS 1 CITY",
                "MIN TEMP ROWS -2 a",
                "LAG TEMP,0 ROWS 1 a",
                "MIN TEMP ALL 0 a")) {
            assertThatThrownBy(
                            () -> flink.sql.explainSql("SELECT * FROM KDA_SLIDE(input => TABLE WEATHER, aggregates => '"
                                    + aggregates + "', on_time => DESCRIPTOR(`__rt`), uid => 'w')"))
                    .as(aggregates)
                    .hasStackTraceContaining("ValidationException");
        }
    }

    @Test
    void aWindowOfTooManyRowsFailsTheJobAndNamesTheLimit() throws Exception {
        Configuration small = new Configuration();
        small.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, java.util.Map.of(Limits.MAX_ROWS, "3"));
        FlinkTables bounded = FlinkTables.open(small);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(Row.of(LocalDateTime.parse("2020-01-01T00:00").plusSeconds(i), "x", i));
        }
        bounded.table("MANY", CITIES, rows);
        assertThatThrownBy(
                        () -> bounded.rows(
                                "SELECT * FROM KDA_SLIDE(input => TABLE MANY, aggregates => 'MIN TEMP RANGE 60000 a', on_time => DESCRIPTOR(`__rt`), uid => 'm')"))
                .hasStackTraceContaining("more than 3 rows")
                .hasStackTraceContaining("riacho.function.max-rows");
    }
}
