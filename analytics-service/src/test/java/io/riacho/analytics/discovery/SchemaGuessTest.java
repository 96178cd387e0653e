package io.riacho.analytics.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;

/** The schema of the demo stream of AWS's tutorials comes out as documented. */
class SchemaGuessTest {

    @Test
    void theStockTicksOfTheTutorial() {
        Discovery.Found found = JsonSchema.guess(List.of(
                        "{\"TICKER_SYMBOL\":\"AMZN\",\"SECTOR\":\"TECHNOLOGY\",\"CHANGE\":-1.5,\"PRICE\":98.71}",
                        "{\"TICKER_SYMBOL\":\"QXZ\",\"SECTOR\":\"FINANCIAL\",\"CHANGE\":2,\"PRICE\":24.0}"))
                .orElseThrow();

        assertThat(found.schema().recordFormat().recordFormatType()).isEqualTo(RecordFormatType.JSON);
        assertThat(found.schema()
                        .recordFormat()
                        .mappingParameters()
                        .jsonMappingParameters()
                        .recordRowPath())
                .isEqualTo("$");
        assertThat(columns(found))
                .containsExactly(
                        "TICKER_SYMBOL $.TICKER_SYMBOL VARCHAR(4)",
                        "SECTOR $.SECTOR VARCHAR(16)",
                        "CHANGE $.CHANGE REAL",
                        "PRICE $.PRICE REAL");
        assertThat(found.parsed().get(0)).containsExactly("AMZN", "TECHNOLOGY", "-1.5", "98.71");
    }

    @Test
    void nestedObjectsAreFlattenedAndReservedWordsArePrefixed() {
        Discovery.Found found = JsonSchema.guess(List.of("""
                        {"timestamp":"2026-01-02 03:04:05.6","a":{"b":{"id":12345678901}},"c":{"id":true},"tags":[1,2],
                        "hollow":null,"odd key":1,"e":1.123456789012345}"""))
                .orElseThrow();

        assertThat(columns(found))
                .containsExactly(
                        "COL_timestamp $.timestamp TIMESTAMP",
                        "id $.a.b.id BIGINT",
                        "id_2 $.c.id BOOLEAN",
                        "tags $.tags[0:] VARCHAR(8)",
                        "hollow $.hollow VARCHAR(4)",
                        "e $.e DOUBLE");
        assertThat(found.parsed().get(0)).contains("12345678901", "true", "[1,2]", "null");
    }

    @Test
    void anArrayOfObjectsIsARowEach() {
        Discovery.Found found =
                JsonSchema.guess(List.of("[{\"x\":1},{\"x\":3000000000}]")).orElseThrow();

        assertThat(found.schema()
                        .recordFormat()
                        .mappingParameters()
                        .jsonMappingParameters()
                        .recordRowPath())
                .isEqualTo("$[0:]");
        assertThat(columns(found)).containsExactly("x $.x BIGINT");
        assertThat(found.parsed()).containsExactly(List.of("1"), List.of("3000000000"));
    }

    @Test
    void linesWithAsManyPartsEachAreCsv() {
        Discovery.Found found =
                CsvSchema.guess(List.of("1|ab|2.5\n2|\"c|d\"|3.25", "3||")).orElseThrow();

        assertThat(found.schema()
                        .recordFormat()
                        .mappingParameters()
                        .csvMappingParameters()
                        .recordColumnDelimiter())
                .isEqualTo("|");
        assertThat(found.schema().recordColumns())
                .extracting(column -> column.name() + " " + column.sqlType())
                .containsExactly("COL_1 INTEGER", "COL_2 VARCHAR(4)", "COL_3 REAL");
        assertThat(found.parsed().get(1)).containsExactly("2", "c|d", "3.25");
    }

    @Test
    void whatIsNeitherIsNotGuessed() {
        for (String text : List.of("plain words", "{\"x\":1} rest", "42", "[1,2]", "\u0001\u0002,\u0003", "{}")) {
            assertThat(JsonSchema.guess(List.of(text)).or(() -> CsvSchema.guess(List.of(text))))
                    .as(text)
                    .isEqualTo(Optional.empty());
        }
    }

    private static List<String> columns(Discovery.Found found) {
        return found.schema().recordColumns().stream()
                .map(column -> column.name() + " " + column.mapping() + " " + column.sqlType())
                .toList();
    }
}
