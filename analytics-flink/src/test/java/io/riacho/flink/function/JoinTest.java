package io.riacho.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** AWS's SQL Reference, "JOIN clause": orders and shipments, and what its six examples say without contradiction. */
class JoinTest {
    private static FlinkTables flink;

    @BeforeAll
    static void open() throws Exception {
        flink = FlinkTables.open();
        List<Row> rows = new ArrayList<>();
        for (String line : List.of(
                "10:00:00 101 o",
                "10:00:00 100 s",
                "10:00:20 102 o",
                "10:00:30 103 o",
                "10:00:40 104 o",
                "10:00:45 104 s",
                "10:00:45 100 o",
                "10:00:50 105 s",
                "10:00:50 null o",
                "10:00:50 null s")) {
            String[] parts = line.split(" ");
            rows.add(Row.of(
                    LocalDateTime.parse("2020-01-01T" + parts[0]),
                    parts[1].equals("null") ? null : Integer.valueOf(parts[1]),
                    parts[2]));
        }
        flink.table(
                "BOTH_SIDES",
                List.of(
                        new FlinkTables.Column("ID", Types.INT, "INT"),
                        new FlinkTables.Column("KIND", Types.STRING, "STRING")),
                rows);
        flink.view(
                "O",
                "SELECT `__rt`, ID AS `__k1`, ID AS OID, CAST(`__rt` AS TIMESTAMP(3)) AS OT FROM BOTH_SIDES WHERE KIND = 'o'");
        flink.view(
                "S",
                "SELECT `__rt`, ID AS `__k1`, ID AS SID, CAST(`__rt` AS TIMESTAMP(3)) AS ST FROM BOTH_SIDES WHERE KIND = 's'");
    }

    private static List<String> join(String kind, int left, int right) throws Exception {
        return flink
                .rows(
                        "SELECT `rowtime`, OID, OT, SID, ST FROM KDA_JOIN(l => TABLE O PARTITION BY `__k1`, r => TABLE S PARTITION BY `__k1`, kind => '"
                                + kind + "', left_size => " + left + ", right_size => " + right
                                + ", on_time => DESCRIPTOR(`__rt`), uid => 'j')")
                .stream()
                .map(row -> row.replace("2020-01-01T", ""))
                .toList();
    }

    @Test
    void aSideWithoutAWindowMeetsOnlyWhatIsThere() throws Exception {
        assertThat(join("INNER", 60_000, 0)).containsExactly("+I[10:00:45, 104, 10:00:40, 104, 10:00:45]");
    }

    @Test
    void twoWindowsMeetWhicheverRowIsLater() throws Exception {
        assertThat(join("INNER", 60_000, 60_000))
                .containsExactlyInAnyOrder(
                        "+I[10:00:45, 104, 10:00:40, 104, 10:00:45]", "+I[10:00:45, 100, 10:00:45, 100, 10:00]");
    }

    @Test
    void aRowWithoutAWindowThatMetNoneGoesOutAtOnce() throws Exception {
        assertThat(join("RIGHT", 60_000, 0))
                .containsExactlyInAnyOrder(
                        "+I[10:00, null, null, 100, 10:00]",
                        "+I[10:00:45, 104, 10:00:40, 104, 10:00:45]",
                        "+I[10:00:50, null, null, 105, 10:00:50]",
                        "+I[10:00:50, null, null, null, 10:00:50]");
    }

    @Test
    void aRowThatMetNoneGoesOutWhenItsWindowEnds() throws Exception {
        assertThat(join("RIGHT", 60_000, 60_000))
                .containsExactlyInAnyOrder(
                        "+I[10:00:45, 104, 10:00:40, 104, 10:00:45]",
                        "+I[10:00:45, 100, 10:00:45, 100, 10:00]",
                        "+I[10:01:50, null, null, 105, 10:00:50]",
                        "+I[10:01:50, null, null, null, 10:00:50]");
        assertThat(join("LEFT", 60_000, 60_000))
                .containsExactlyInAnyOrder(
                        "+I[10:00:45, 104, 10:00:40, 104, 10:00:45]",
                        "+I[10:00:45, 100, 10:00:45, 100, 10:00]",
                        "+I[10:01, 101, 10:00, null, null]",
                        "+I[10:01:20, 102, 10:00:20, null, null]",
                        "+I[10:01:30, 103, 10:00:30, null, null]",
                        "+I[10:01:50, null, 10:00:50, null, null]");
    }

    @Test
    void rowsOfTheCurrentMomentArePairedInTheirOrder() throws Exception {
        flink.view("AS_A", "SELECT `__rt`, OID AS A FROM O");
        flink.view("AS_B", "SELECT `__rt`, OID + 1000 AS B FROM O WHERE OID <> 102");
        assertThat(flink.rows("""
                        SELECT `rowtime`, A, B FROM KDA_JOIN(
                          l => TABLE AS_A, r => TABLE AS_B,
                          kind => 'CURRENT', left_size => 0, right_size => 0, on_time => DESCRIPTOR(`__rt`), uid => 'j')"""))
                .containsExactly(
                        "+I[2020-01-01T10:00, 101, 1101]",
                        "+I[2020-01-01T10:00:30, 103, 1103]",
                        "+I[2020-01-01T10:00:40, 104, 1104]",
                        "+I[2020-01-01T10:00:45, 100, 1100]");
    }

    @Test
    void twoTablesMayComeAsOneWhoseKeyIsARow() throws Exception {
        flink.view(
                "UNITED",
                """
                SELECT `__rt`, ROW(`__k1`, 7) AS `__key`, 'l' AS `__side`, OID, OT, CAST(NULL AS INT) AS SID, CAST(NULL AS TIMESTAMP(3)) AS ST FROM O
                UNION ALL SELECT `__rt`, ROW(`__k1`, 7), 'r', CAST(NULL AS INT), CAST(NULL AS TIMESTAMP(3)), SID, ST FROM S""");
        flink.view(
                "JOINED",
                """
                SELECT `rowtime` AS `__rt`, OID, OT, SID, ST FROM KDA_JOIN_UNITED(input => TABLE UNITED PARTITION BY `__key`, left_columns => 'OID;OT',
                  right_columns => 'SID;ST', kind => 'RIGHT', left_size => 60000, right_size => 60000, on_time => DESCRIPTOR(`__rt`), uid => 'u')""");
        assertThat(flink.rows("SELECT CAST(`__rt` AS TIME), OID, SID FROM JOINED"))
                .containsExactlyInAnyOrder(
                        "+I[10:00:45, 104, 104]", "+I[10:00:45, 100, 100]", "+I[10:01:50, null, 105]", "+I[10:01:50, null, null]");
    }
}
