package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.GivenRows.Given;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** What windows and joins give for rows of given ROWTIME, run by Flink. Times are of one hour and are written as minutes and seconds. */
class WindowsOnFlinkTest {
    private static final String HOUR = "2018-01-01T11:";

    private static final List<Given> READINGS = List.of(
            reading("00:20", "a", 10, "00:10"),
            reading("00:30", "a", 20, "00:20"),
            reading("01:05", "a", 30, "00:55"),
            reading("01:15", "a", 41, "01:05"));

    @Test
    void aTumblingWindowEndsWithItsRowtimeAndASecondTimeIsAKeyOfIt() throws Exception {
        List<String> rows = run(READINGS, """
            CREATE STREAM RESULTS (DEVICE VARCHAR(4), MEASURED TIMESTAMP, N INTEGER);
            CREATE PUMP P AS INSERT INTO RESULTS
            SELECT STREAM device, FLOOR(MEASURED TO MINUTE), COUNT(*) FROM READINGS
            GROUP BY device, FLOOR(MEASURED TO MINUTE), STEP(READINGS.ROWTIME BY INTERVAL '1' MINUTE);
            """);

        assertThat(rows).containsExactlyInAnyOrder("01:00 a 00:00 2", "02:00 a 00:00 1", "02:00 a 01:00 1");
    }

    @Test
    void aStaggerWindowOpensWithTheFirstRowOfItsKey() throws Exception {
        List<String> rows = run(READINGS, """
            CREATE STREAM RESULTS (DEVICE VARCHAR(4), MEASURED TIMESTAMP, N INTEGER);
            CREATE PUMP P AS INSERT INTO RESULTS
            SELECT STREAM DEVICE, FLOOR(MEASURED TO MINUTE), COUNT(LEVEL) FROM READINGS
            WINDOWED BY STAGGER (PARTITION BY FLOOR(MEASURED TO MINUTE), DEVICE RANGE INTERVAL '1' MINUTE);
            """);

        assertThat(rows).containsExactly("01:20 a 00:00 3", "02:15 a 01:00 1");
    }

    @Test
    void aSlidingWindowSeesRowsOfItsTimeThatCameBeforeButNotAfter() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:00", "a", 5, "00:00"),
                        reading("00:00", "b", 3, "00:00"),
                        reading("00:30", "a", 9, "00:00"),
                        reading("01:00", "b", 7, "00:00")),
                """
                CREATE STREAM RESULTS (LOWEST INTEGER, HIGHEST INTEGER, N BIGINT);
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM MIN(LEVEL) OVER W, MAX(LEVEL) OVER W, COUNT(*) OVER W FROM READINGS
                WINDOW W AS (RANGE INTERVAL '1' MINUTE PRECEDING);
                """);

        assertThat(rows).containsExactly("00:00 5 5 1", "00:00 3 5 2", "00:30 3 9 3", "01:00 3 9 4");
    }

    @Test
    void aWindowOverRowsAndOneOverATimeStandInOneSelect() throws Exception {
        List<String> rows = run(READINGS, """
            CREATE STREAM RESULTS (TWO INTEGER, MINUTELY BIGINT, BEFORE INTEGER);
            CREATE PUMP P AS INSERT INTO RESULTS
            SELECT STREAM AVG(LEVEL) OVER LAST, COUNT(*) OVER (PARTITION BY DEVICE RANGE INTERVAL '45' SECOND PRECEDING),
                LAG(LEVEL, 1, 0) OVER LAST
            FROM READINGS WINDOW LAST AS (PARTITION BY DEVICE ROWS 1 PRECEDING);
            """);

        assertThat(rows).containsExactly("00:20 10 1 0", "00:30 15 2 10", "01:05 25 3 20", "01:15 35 3 30");
    }

    @Test
    void aWindowOverTheResultsOfAWindowTakesThemAtTheirRowtime() throws Exception {
        List<String> rows = run(READINGS, """
            CREATE STREAM MINUTES (N INTEGER);
            CREATE PUMP P AS INSERT INTO MINUTES
            SELECT STREAM COUNT(*) FROM READINGS GROUP BY FLOOR(READINGS.ROWTIME TO MINUTE);
            CREATE STREAM RESULTS (BEGINNING TIMESTAMP, N INTEGER);
            CREATE PUMP Q AS INSERT INTO RESULTS
            SELECT STREAM STEP(MINUTES.ROWTIME BY INTERVAL '2' MINUTE), SUM(N) FROM MINUTES
            GROUP BY STEP(MINUTES.ROWTIME BY INTERVAL '2' MINUTE);
            """);

        // The minute that ends at 02:00 belongs to the two minutes that begin there.
        assertThat(rows).containsExactly("02:00 00:00 2", "04:00 02:00 2");
    }

    @Test
    void aRowOfAWindowedStreamIsJoinedForAsLongAsItsWindow() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:00", "o", 1, "00:00"),
                        reading("00:00", "s", 9, "00:00"),
                        reading("00:40", "o", 4, "00:00"),
                        reading("00:45", "s", 4, "00:00"),
                        reading("00:45", "o", 9, "00:00"),
                        reading("01:20", "s", 1, "00:00")),
                ORDERS + """
                    CREATE STREAM RESULTS (SEEN TIMESTAMP, ID INTEGER, SHIPPED TIMESTAMP, ORDERED TIMESTAMP);
                    CREATE PUMP P AS INSERT INTO RESULTS
                    SELECT STREAM ROWTIME, S.ID, S.ROWTIME, O.ROWTIME FROM ORDERS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS O
                    JOIN SHIPMENTS AS S ON O.ID = S.ID;
                    """);

        assertThat(rows).containsExactly("00:45 00:45 4 00:45 00:40");
    }

    @Test
    void windowsOnBothSidesJoinWhicheverRowComesFirst() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:00", "s", 9, "00:00"),
                        reading("00:40", "o", 4, "00:00"),
                        reading("00:45", "s", 4, "00:00"),
                        reading("00:50", "o", 9, "00:00")),
                ORDERS + """
                    CREATE STREAM RESULTS (SEEN TIMESTAMP, ID INTEGER, SHIPPED TIMESTAMP, ORDERED TIMESTAMP);
                    CREATE PUMP P AS INSERT INTO RESULTS
                    SELECT STREAM ROWTIME, S.ID, S.ROWTIME, O.ROWTIME FROM ORDERS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS O
                    JOIN SHIPMENTS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS S ON O.ID = S.ID;
                    """);

        assertThat(rows).containsExactly("00:45 00:45 4 00:45 00:40", "00:50 00:50 9 00:00 00:50");
    }

    @Test
    void anOuterJoinPutsOutARowWithoutAPartnerWhenNoneCanComeAnyMore() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:00", "s", 9, "00:00"),
                        reading("00:40", "o", 4, "00:00"),
                        reading("00:45", "s", 4, "00:00"),
                        reading("00:50", "s", 5, "00:00")),
                ORDERS + """
                    CREATE STREAM RESULTS (ID INTEGER, ORDERED TIMESTAMP);
                    CREATE PUMP P AS INSERT INTO RESULTS
                    SELECT STREAM S.ID, O.ROWTIME FROM ORDERS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS O
                    RIGHT JOIN SHIPMENTS AS S ON O.ID = S.ID;
                    """);

        assertThat(rows).containsExactly("00:00 9 null", "00:45 4 00:40", "00:50 5 null");
    }

    @Test
    void aBatchOfOneTimeIsPutOutInOrder() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:01", "a", 1, "00:00"),
                        reading("00:01", "b", 7, "00:00"),
                        reading("00:01", "c", 3, "00:00"),
                        reading("00:02", "d", 5, "00:00")),
                """
                CREATE STREAM RESULTS (DEVICE VARCHAR(4), LEVEL INTEGER);
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM DEVICE, LEVEL FROM READINGS ORDER BY FLOOR(READINGS.ROWTIME TO SECOND), LEVEL DESC;
                """);

        assertThat(rows.stream().map(r -> r.substring(6))).containsExactly("b 7", "c 3", "a 1", "d 5");
    }

    @Test
    void aReferenceTableIsLookedUpForEachRow() throws Exception {
        ApplicationCode code = new ApplicationCode(
                """
                CREATE STREAM RESULTS (DEVICE VARCHAR(4), PLACE VARCHAR(8));
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM R.DEVICE, "d"."place" FROM READINGS AS R LEFT JOIN "Devices" AS "d" ON R.DEVICE = "d"."id";
                """,
                List.of(input(List.of(reading("00:01", "a", 1, "00:00"), reading("00:02", "b", 1, "00:00")))),
                List.of(new ApplicationCode.Reference(
                        "Devices",
                        List.of(new Column("id", "VARCHAR(4)"), new Column("place", "VARCHAR(8)")),
                        GivenRows.options(
                                "devices",
                                List.of(new Given(
                                        TimestampData.fromEpochMillis(0), Map.of("id", "a", "place", "attic")))))),
                List.of(),
                Limits.DEFAULT);

        assertThat(run(code)).containsExactly("00:01 a attic", "00:02 b null");
    }

    @Test
    void aRowThatFailsIsLeftOutAndGoesToTheErrorStream() throws Exception {
        ApplicationCode code = new ApplicationCode(
                """
                CREATE STREAM RESULTS (RATIO INTEGER);
                CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM 100 / LEVEL FROM READINGS;
                """,
                List.of(input(List.of(
                        reading("00:01", "a", 50, "00:00"),
                        reading("00:02", "b", 0, "00:00"),
                        reading("00:03", "c", 20, "00:00")))),
                List.of(),
                List.of(new ApplicationCode.Output("error_stream", Map.of("connector", "blackhole"))),
                Limits.DEFAULT);

        assertThat(run(code)).containsExactly("00:01 2", "00:03 5");
        assertThat(new FlinkSession(Translator.translate(code)).explain()).contains("Optimized Execution Plan");
    }

    @Test
    void threeStreamsJoinWhileTheRowsOfAllAreInTheirWindows() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:00", "o", 1, "00:00"),
                        reading("00:40", "p", 1, "00:00"),
                        // The payment is there still, the order is not.
                        reading("01:10", "s", 1, "00:00"),
                        reading("02:00", "o", 2, "00:00"),
                        reading("02:20", "s", 2, "00:00"),
                        reading("02:50", "p", 2, "00:00")),
                ORDERS + """
                CREATE STREAM PAYMENTS (ID INTEGER);
                CREATE PUMP TO_PAYMENTS AS INSERT INTO PAYMENTS SELECT STREAM LEVEL FROM READINGS WHERE DEVICE = 'p';
                CREATE STREAM RESULTS (ID INTEGER, ORDERED TIMESTAMP, PAID TIMESTAMP, SHIPPED TIMESTAMP);
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM o.ID, o.ROWTIME, p.ROWTIME, s.ROWTIME
                FROM ORDERS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS o
                JOIN PAYMENTS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS p ON o.ID = p.ID
                JOIN SHIPMENTS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS s ON s.ID = o.ID;
                """);

        assertThat(rows).containsExactly("02:50 2 02:00 02:50 02:20");
    }

    @Test
    void aConditionOfOneSideOfAnOuterJoinLosesNoRowOfIt() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:00", "o", 1, "00:00"),
                        reading("00:10", "s", 1, "00:00"),
                        reading("00:20", "o", 7, "00:00"),
                        reading("00:30", "s", 7, "00:00")),
                ORDERS + """
                CREATE STREAM RESULTS (ORDERED INTEGER, SHIPPED INTEGER);
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM o.ID, s.ID
                FROM ORDERS OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS o
                RIGHT JOIN SHIPMENTS AS s ON o.ID = s.ID AND s.ID > 5 AND o.ID < 9;
                """);

        assertThat(rows).containsExactly("00:10 null 1", "00:30 7 7");
    }

    @Test
    void aGroupOfAMonotonicKeyEndsWhenTheKeyChanges() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:01", "a", 1, "00:00"),
                        reading("00:02", "b", 1, "00:00"),
                        reading("00:03", "a", 1, "00:00"),
                        reading("00:10", "a", 2, "00:00"),
                        reading("00:12", "b", 2, "00:00"),
                        reading("00:20", "a", 3, "00:00")),
                """
                CREATE STREAM RESULTS (BATCH INTEGER, DEVICE VARCHAR(4), N INTEGER);
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM LEVEL, DEVICE, COUNT(*) FROM READINGS GROUP BY MONOTONIC(LEVEL), DEVICE HAVING COUNT(*) > 0;
                """);

        assertThat(rows).containsExactly("00:10 1 a 2", "00:10 1 b 1", "00:20 2 a 1", "00:20 2 b 1");
    }

    @Test
    void topItemsAreThoseOfTheWindowMostFrequentFirst() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:01", "a", 1, "00:00"),
                        reading("00:02", "b", 1, "00:00"),
                        reading("00:03", "b", 1, "00:00"),
                        reading("00:04", "c", 1, "00:00"),
                        reading("00:05", "c", 1, "00:00"),
                        reading("00:06", "c", 1, "00:00")),
                """
                CREATE STREAM RESULTS (ITEM VARCHAR(4), N DOUBLE);
                CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM * FROM TABLE(TOP_K_ITEMS_TUMBLING(
                    CURSOR(SELECT STREAM * FROM READINGS), 'DEVICE', 2, 60));
                """);

        assertThat(rows).containsExactlyInAnyOrder("01:00 c 3.0", "01:00 b 2.0");
    }

    @Test
    void distinctRowsOfAWindowAreCountedOnce() throws Exception {
        List<String> rows = run(
                List.of(
                        reading("00:01", "a", 1, "00:00"),
                        reading("00:02", "a", 1, "00:00"),
                        reading("00:03", "a", 2, "00:00"),
                        reading("00:06", "a", 1, "00:00")),
                """
                CREATE STREAM RESULTS (DEVICE VARCHAR(4), N INTEGER);
                CREATE PUMP P AS INSERT INTO RESULTS
                SELECT STREAM DEVICE, COUNT(D.LEVEL) FROM (
                    SELECT STREAM DISTINCT ROWTIME AS T, DEVICE, LEVEL, STEP(READINGS.ROWTIME BY INTERVAL '5' SECOND) FROM READINGS) AS D
                GROUP BY DEVICE, STEP(D.T BY INTERVAL '5' SECOND);
                """);

        assertThat(rows).containsExactly("00:05 a 2", "00:10 a 1");
    }

    private static final String ORDERS = """
        CREATE STREAM ORDERS (ID INTEGER);
        CREATE PUMP TO_ORDERS AS INSERT INTO ORDERS SELECT STREAM LEVEL FROM READINGS WHERE DEVICE = 'o';
        CREATE STREAM SHIPMENTS (ID INTEGER);
        CREATE PUMP TO_SHIPMENTS AS INSERT INTO SHIPMENTS SELECT STREAM LEVEL FROM READINGS WHERE DEVICE = 's';
        """;

    private static Given reading(String rowtime, String device, int level, String measured) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("DEVICE", device);
        columns.put("LEVEL", level);
        columns.put("MEASURED", time(measured));
        return new Given(time(rowtime), columns);
    }

    private static TimestampData time(String minutes) {
        return TimestampData.fromLocalDateTime(java.time.LocalDateTime.parse(HOUR + minutes));
    }

    private static Input input(List<Given> rows) {
        return new Input(
                "READINGS",
                List.of(
                        new Column("DEVICE", "VARCHAR(4)"),
                        new Column("LEVEL", "INTEGER"),
                        new Column("MEASURED", "TIMESTAMP")),
                GivenRows.options("readings", rows));
    }

    private static List<String> run(List<Given> rows, String code) throws Exception {
        return run(new ApplicationCode(code, List.of(input(rows)), List.of(), List.of(), Limits.DEFAULT));
    }

    private static List<String> run(ApplicationCode code) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Row row : new FlinkSession(Translator.translate(code)).rows("RESULTS")) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.getArity(); i++) {
                Object value = row.getField(i);
                line.append(i == 0 ? "" : " ")
                        .append(
                                value instanceof java.time.LocalDateTime time
                                        ? time.toLocalTime()
                                                .format(java.time.format.DateTimeFormatter.ofPattern("mm:ss"))
                                        : value);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
