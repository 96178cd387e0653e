package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.RecordedStream.Recorded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code error_stream} is told of records and rows that are left out, by one job that reads good ones before, between and behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorStreamTest {
    private static final String CODE = """
        CREATE STREAM RESULTS (DEVICE VARCHAR(4), RATIO INTEGER, NOTED INTEGER);
        CREATE PUMP RATIOS AS INSERT INTO RESULTS
        SELECT STREAM DEVICE, 100 / LEVEL, CAST(NOTE AS INTEGER) FROM READINGS;
        CREATE STREAM SHORT_RESULTS (LEVEL TINYINT);
        CREATE PUMP "short ones" AS INSERT INTO SHORT_RESULTS
        SELECT STREAM LEVEL FROM READINGS WHERE DEVICE > 'f';
        """;

    private static final List<Column> COLUMNS = List.of(
            new Column("DEVICE", "VARCHAR(4)"), new Column("LEVEL", "INTEGER"), new Column("NOTE", "VARCHAR(8)"));

    private static final List<String> RECORDS = List.of("""
            {"DEVICE":"a","LEVEL":50,"NOTE":"7"}""", """
            {"DEVICE":"b","LEVEL":0,"NOTE":"7"}""", """
            {"DEVICE":"c","LEVEL":4,"NOTE":"x"}""", """
            {"DEVICE":"d","LEVEL":"many","NOTE":"7"}""", """
            {"DEVICE":"e",""", """
            {"DEVICE":"f","NOTE":"7"}""", """
            {"DEVICE":"g","LEVEL":200,"NOTE":"8"}""", """
            {"DEVICE":"h","LEVEL":20,"NOTE":"8"}""");

    private List<Row> errors = List.of();
    private List<Row> results = List.of();
    private List<Row> shortResults = List.of();

    @BeforeAll
    void run() throws Exception {
        List<Recorded> recorded = new ArrayList<>();
        RECORDS.forEach(r -> recorded.add(new Recorded(1000L * (recorded.size() + 1), r)));
        Translation translation = Translator.translate(new ApplicationCode(
                CODE,
                List.of(new Input(
                        "READINGS",
                        COLUMNS,
                        RecordedStream.options(
                                "readings", RecordSchema.of(COLUMNS).json(), recorded))),
                List.of(),
                List.of(output("RESULTS"), output("SHORT_RESULTS"), output("error_stream")),
                Limits.DEFAULT));
        new FlinkSession(translation).run(Duration.ofSeconds(60));
        results = CollectedRows.take("RESULTS");
        shortResults = CollectedRows.take("SHORT_RESULTS");
        errors = CollectedRows.take("error_stream").stream()
                .sorted(Comparator.comparing(r -> (LocalDateTime) Objects.requireNonNull(r.getField(4))))
                .toList();
    }

    @Test
    void theJobGoesOnBehindWhatItLeavesOut() {
        assertThat(results)
                .extracting(Row::toString)
                .containsExactly("+I[a, 2, 7]", "+I[f, null, 7]", "+I[g, 0, 8]", "+I[h, 5, 8]");
        assertThat(shortResults).extracting(Row::toString).containsExactly("+I[20]");
    }

    @Test
    void aDivisionByZeroIsToldWithItsRowAndPump() {
        assertThat(told(0)).isEqualTo(failed(2, "b,0,7", "RATIOS"));
    }

    @Test
    void aCastThatFailsIsToldWithItsRowAndPump() {
        assertThat(told(1)).isEqualTo(failed(3, "c,4,x", "RATIOS"));
    }

    @Test
    void aValueThatTheSchemaCannotTakeIsToldWithItsRecord() {
        assertThat(told(2))
                .startsWith("ERROR|Coercion error|The value ")
                .contains("many", " cannot be converted to INT for the column LEVEL")
                .endsWith("|1970-01-01T00:00:04|%s|null".formatted(hex(RECORDS.get(3))));
    }

    @Test
    void aRecordThatIsNoJsonIsToldAsItCame() {
        assertThat(told(3))
                .startsWith("ERROR|Parse error|The record is no JSON: ")
                .endsWith("|1970-01-01T00:00:05|%s|null".formatted(hex(RECORDS.get(4))));
    }

    @Test
    void aNumberTooGreatForTheColumnOfAStreamIsToldByTheOtherPump() {
        assertThat(told(4)).isEqualTo(failed(7, "200", "short ones"));
        assertThat(errors).hasSize(5);
    }

    @Test
    void anErrorHasTheTimeAtWhichItHappened() {
        LocalDateTime now = LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC);
        assertThat(errors)
                .extracting(r -> (LocalDateTime) r.getField(0))
                .allSatisfy(time -> assertThat(time).isBetween(now.minusMinutes(5), now));
    }

    private static String failed(int second, String row, String pump) {
        return "ERROR|ROW_ERROR|A division by zero, or a value that cannot be converted|1970-01-01T00:00:0%d|%s|%s"
                .formatted(second, hex(row), pump);
    }

    /** All columns but the first. */
    private String told(int error) {
        Row row = errors.get(error);
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < row.getArity(); i++) {
            fields.add(String.valueOf(row.getField(i)));
        }
        return String.join("|", fields);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Output output(String stream) {
        return new Output(stream, CollectedRows.options(stream));
    }
}
