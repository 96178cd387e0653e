package io.riacho.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static FlinkTables flink;

    @BeforeAll
    static void open() throws Exception {
        flink = FlinkTables.open();
        flink.table(
                "TICKS",
                List.of(
                        new FlinkTables.Column("EVENT_TIME", Types.LOCAL_DATE_TIME, "TIMESTAMP(3)"),
                        new FlinkTables.Column("TICKER", Types.STRING, "STRING")),
                List.of(
                        tick("11:00:20", "11:00:10"),
                        tick("11:00:30", "11:00:20"),
                        tick("11:01:05", "11:00:55"),
                        tick("11:01:15", "11:01:05")));
        flink.table(
                "VISITS",
                List.of(
                        new FlinkTables.Column("WHO", Types.STRING, "STRING"),
                        new FlinkTables.Column("N", Types.INT, "INT")),
                visits());
        views();
    }

    private static void views() {
        flink.view(
                "MINUTES",
                "SELECT `__rt`, FLOOR(EVENT_TIME TO MINUTE) AS `__k1`, TICKER AS `__k2`, TICKER AS `__a1` FROM TICKS");
        flink.view("WHOS", "SELECT `__rt`, WHO FROM VISITS");
        flink.view("STEPS", "SELECT `__rt`, KDA_STEP(`__rt`, 1000) AS S, WHO, N FROM VISITS");
        flink.view(
                "ENDS",
                "SELECT window_time AS `__rt`, WHO, N FROM TABLE(TUMBLE(TABLE VISITS, DESCRIPTOR(`__rt`), INTERVAL '2' SECOND))");
    }

    private static Row tick(String time, String event) {
        return Row.of(LocalDateTime.parse("2018-01-01T" + time), LocalDateTime.parse("2018-01-01T" + event), "AMZN");
    }

    /** Second, who, number. */
    private static List<Row> visits() {
        List<Row> rows = new ArrayList<>();
        for (String visit : List.of(
                "0.0 b 3",
                "0.2 a 1",
                "0.2 c null",
                "0.9 a 2",
                "1.0 a 2",
                "1.0 b 9",
                "1.5 a 7",
                "3.1 b 2",
                "63.0 a 5")) {
            String[] parts = visit.split(" ");
            long millis = Math.round(Double.parseDouble(parts[0]) * 1000);
            rows.add(Row.of(
                    LocalDateTime.parse("2020-01-01T00:00:00").plusNanos(millis * 1_000_000),
                    parts[1],
                    parts[2].equals("null") ? null : Integer.valueOf(parts[2])));
        }
        return rows;
    }

    /** AWS's Developer Guide, "Stagger windows". */
    @Test
    void aStaggerWindowOpensWithTheFirstRowOfItsKey() throws Exception {
        assertThat(flink.rows("""
                        SELECT `rowtime`, `__k1`, `__k2`, `__g1` FROM KDA_STAGGER(
                          input => TABLE MINUTES PARTITION BY (`__k1`, `__k2`),
                          size => 60000, aggregates => 'COUNT __a1 ALL 0 __g1', on_time => DESCRIPTOR(`__rt`), uid => 's')"""))
                .containsExactly(
                        "+I[2018-01-01T11:01:20, 2018-01-01T11:00, AMZN, 3]",
                        "+I[2018-01-01T11:02:15, 2018-01-01T11:01, AMZN, 1]");
    }

    @Test
    void aRowAtTheEndOfAStaggerWindowOpensTheNext() throws Exception {
        assertThat(flink.rows("""
                        SELECT `rowtime`, `WHO`, s, c, m, f, l, v FROM KDA_STAGGER(input => TABLE VISITS PARTITION BY `WHO`, size => 800,
                          aggregates => 'SUM N ALL 0 s;COUNT * ALL 0 c;AVG N ALL 0 m;FIRST_VALUE N ALL 0 f;LAST_VALUE N ALL 0 l;VAR_SAMP N ALL 0 v',
                          on_time => DESCRIPTOR(`__rt`), uid => 's')"""))
                .containsExactlyInAnyOrder(
                        "+I[2020-01-01T00:00:01, a, 3, 2, 1, 1, 2, 0.5]",
                        "+I[2020-01-01T00:00:01.800, a, 9, 2, 4, 2, 7, 12.5]",
                        "+I[2020-01-01T00:01:03.800, a, 5, 1, 5, 5, 5, null]",
                        "+I[2020-01-01T00:00:00.800, b, 3, 1, 3, 3, 3, null]",
                        "+I[2020-01-01T00:00:01.800, b, 9, 1, 9, 9, 9, null]",
                        "+I[2020-01-01T00:00:03.900, b, 2, 1, 2, 2, 2, null]",
                        "+I[2020-01-01T00:00:01, c, null, 1, null, null, null, null]");
    }

    @Test
    void aTumblingWindowIsStampedWithItsEndAndCanBeAggregatedAgain() throws Exception {
        assertThat(flink.rows("""
                        WITH w AS (SELECT window_time AS `__rt`, WHO, SUM(N) AS S FROM TABLE(TUMBLE(TABLE VISITS, DESCRIPTOR(`__rt`), INTERVAL '1' SECOND))
                          GROUP BY window_start, window_end, window_time, WHO),
                        r AS (SELECT `rowtime` AS `__rt`, WHO, S FROM KDA_RESTAMP(input => TABLE w, millis => 1, on_time => DESCRIPTOR(`__rt`), uid => 'r')),
                        q AS (SELECT `__rt`, S, CAST(`__rt` AS TIMESTAMP(3)) AS T FROM r)
                        SELECT window_start, COUNT(*), SUM(S), MAX(T) FROM TABLE(TUMBLE(TABLE q, DESCRIPTOR(`__rt`), INTERVAL '2' SECOND))
                          GROUP BY window_start, window_end"""))
                .containsExactly(
                        "+I[2020-01-01T00:00, 3, 6, 2020-01-01T00:00:01]",
                        "+I[2020-01-01T00:00:02, 2, 18, 2020-01-01T00:00:02]",
                        "+I[2020-01-01T00:00:04, 1, 2, 2020-01-01T00:00:04]",
                        "+I[2020-01-01T00:01:04, 1, 5, 2020-01-01T00:01:04]");
    }

    @Test
    void rowsOfABatchGoOutSortedWhenItEnds() throws Exception {
        assertThat(flink.rows("""
                        SELECT `rowtime`, `WHO`, `N` FROM KDA_SORT(input => TABLE VISITS, bucket => 1000, keys => 'N DESC;WHO ASC',
                          on_time => DESCRIPTOR(`__rt`), uid => 'o')"""))
                .containsExactly(
                        "+I[2020-01-01T00:00:01, c, null]",
                        "+I[2020-01-01T00:00:01, b, 3]",
                        "+I[2020-01-01T00:00:01, a, 2]",
                        "+I[2020-01-01T00:00:01, a, 1]",
                        "+I[2020-01-01T00:00:02, b, 9]",
                        "+I[2020-01-01T00:00:02, a, 7]",
                        "+I[2020-01-01T00:00:02, a, 2]",
                        "+I[2020-01-01T00:00:04, b, 2]",
                        "+I[2020-01-01T00:01:04, a, 5]");
    }

    @Test
    void theFirstOfEqualRowsGoesOutWithItsOwnTime() throws Exception {
        assertThat(flink.rows("""
                        SELECT `rowtime`, `WHO` FROM KDA_DISTINCT(input => TABLE WHOS PARTITION BY `WHO`, size => 2000,
                          on_time => DESCRIPTOR(`__rt`), uid => 'd')"""))
                .containsExactlyInAnyOrder(
                        "+I[2020-01-01T00:00, b]",
                        "+I[2020-01-01T00:00:00.200, a]",
                        "+I[2020-01-01T00:00:00.200, c]",
                        "+I[2020-01-01T00:00:03.100, b]",
                        "+I[2020-01-01T00:01:03, a]");
    }

    @Test
    void rowsOfEqualTimeAreRanked() throws Exception {
        assertThat(flink.rows("""
                        SELECT `WHO`, `N`, `groupRank` FROM KDA_GROUP_RANK(input => TABLE ENDS,
                          rank_by => 'N', rank_out => 'groupRank', sort_order => 'desc', output_order => 'asc', max_idle => 5, output_max => 6,
                          on_time => DESCRIPTOR(`__rt`), uid => 'g')"""))
                .containsExactly(
                        "+I[c, null, 1]",
                        "+I[b, 9, 2]",
                        "+I[a, 7, 3]",
                        "+I[b, 3, 4]",
                        "+I[a, 2, 5]",
                        "+I[a, 2, 5]",
                        "+I[b, 2, 1]",
                        "+I[a, 5, 1]");
    }

    @Test
    void groupsEndWhenAMonotonicKeyChanges() throws Exception {
        assertThat(flink.rows("""
                        SELECT `rowtime`, S, WHO, n, c FROM KDA_GROUP(
                          input => TABLE STEPS,
                          keys => 'S;WHO', monotonic => 'S', aggregates => 'SUM N ALL 0 n;COUNT * ALL 0 c', on_time => DESCRIPTOR(`__rt`), uid => 'g')"""))
                .containsExactly(
                        "+I[2020-01-01T00:00:01, 2020-01-01T00:00, b, 3, 1]",
                        "+I[2020-01-01T00:00:01, 2020-01-01T00:00, a, 3, 2]",
                        "+I[2020-01-01T00:00:01, 2020-01-01T00:00, c, null, 1]",
                        "+I[2020-01-01T00:00:03.100, 2020-01-01T00:00:01, a, 9, 2]",
                        "+I[2020-01-01T00:00:03.100, 2020-01-01T00:00:01, b, 9, 1]",
                        "+I[2020-01-01T00:01:03, 2020-01-01T00:00:03, b, 2, 1]");
    }

    @Test
    void statementsOfOneJobShareAFunctionOfOneView() {
        flink.view(
                "SHARED",
                "SELECT `rowtime` AS `__rt`, `WHO`, c FROM KDA_SLIDE(input => TABLE VISITS, aggregates => 'COUNT * RANGE 1000 c', on_time => DESCRIPTOR(`__rt`), uid => 'v')");
        flink.sql.executeSql("CREATE TEMPORARY TABLE NOWHERE (W STRING, C BIGINT) WITH ('connector' = 'blackhole')");
        flink.sql.executeSql(
                "CREATE TEMPORARY TABLE NOWHERE_ELSE (W STRING, C BIGINT) WITH ('connector' = 'blackhole')");
        String plan = flink.sql
                .createStatementSet()
                .addInsertSql("INSERT INTO NOWHERE SELECT WHO, c FROM SHARED WHERE c > 1")
                .addInsertSql("INSERT INTO NOWHERE_ELSE SELECT CAST(`__rt` AS STRING), c + 1 FROM SHARED")
                .explain();
        String executed = plan.substring(plan.indexOf("== Optimized Execution Plan =="));
        assertThat(executed.split("ProcessTableFunction\\(", -1)).as(executed).hasSize(2);
        assertThat(executed).contains("Reused(");
    }

    private static List<String> counted(String name, long behind, int... seconds) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (int second : seconds) {
            rows.add(Row.of(LocalDateTime.parse("2020-01-01T00:00").plusSeconds(second), "x", second));
        }
        flink.table(
                name,
                List.of(
                        new FlinkTables.Column("WHO", Types.STRING, "STRING"),
                        new FlinkTables.Column("N", Types.INT, "INT")),
                rows,
                behind);
        return flink.rows("SELECT `N`, c FROM KDA_SLIDE(input => TABLE " + name
                + ", aggregates => 'COUNT * RANGE -1 c', on_time => DESCRIPTOR(`__rt`), uid => 'c')");
    }

    @Test
    void rowsAreHandledInTheOrderOfTheirTime() throws Exception {
        assertThat(counted("DISORDER", 60_000, 30, 10, 20, 10))
                .containsExactly("+I[10, 1]", "+I[10, 2]", "+I[20, 3]", "+I[30, 4]");
    }

    @Test
    void aRowBehindTheWatermarkIsLeftOut() throws Exception {
        assertThat(counted("BEHIND", 0, 30, 10, 30, 31)).containsExactly("+I[30, 1]", "+I[30, 2]", "+I[31, 3]");
    }

    @Test
    void aWindowWithoutALengthIsRefused() {
        assertThatThrownBy(
                        () -> flink.sql.explainSql(
                                "SELECT * FROM KDA_STAGGER(input => TABLE VISITS PARTITION BY `WHO`, size => 0, aggregates => 'COUNT * ALL 0 c', on_time => DESCRIPTOR(`__rt`), uid => 's')"))
                .hasStackTraceContaining("'size' must be between 1");
        assertThatThrownBy(
                        () -> flink.sql.explainSql(
                                "SELECT * FROM KDA_DISTINCT(input => TABLE VISITS, size => 1000, on_time => DESCRIPTOR(`__rt`), uid => 'd')"))
                .hasStackTraceContaining("needs PARTITION BY");
    }
}
