package io.riacho.firehose.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.firehose.catalog.HiveTypeParser;
import io.riacho.firehose.catalog.TableColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.firehose.model.Deserializer;

class RowReaderTest {

    private static final SerDeRules OPENX =
            SerDeRules.of(Deserializer.builder().openXJsonSerDe(serDe -> {}).build());
    private static final SerDeRules HIVE =
            SerDeRules.of(Deserializer.builder().hiveJsonSerDe(serDe -> {}).build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "boolean|true|true",
                "boolean|\"False\"|false",
                "tinyint|-128|-128",
                "smallint|32767|32767",
                "int|\"-12\"|-12",
                "int|3.0|3",
                "int|1e3|1000",
                "bigint|9223372036854775807|9223372036854775807",
                "bigint|\" 7 \"|7",
                "float|1.5|1.5",
                "double|\"1e3\"|1000.0",
                "double|7|7.0",
                "decimal(5,2)|1.005|1.01",
                "decimal(5,2)|-1.005|-1.01",
                "decimal(5,2)|999.99|999.99",
                "decimal(5,2)|\"12\"|12.00",
                "decimal(5,2)|1e-1000000000|0.00",
                "string|\"text\"|text",
                "string|12.50|12.50",
                "string|true|true",
                "string|{\"a\": [1, null]}|{\"a\":[1,null]}",
                "varchar(3)|\"a\uD83D\uDE00b\"|a\uD83D\uDE00b",
                "array<int>|7|[7]"
            })
    void openXTakesWhatCanBeUnderstood(String type, String json, String value) throws Exception {
        Object read = one(OPENX, type, "{\"c\":" + json + "}");

        assertThat(read instanceof Object[] array ? Arrays.toString(array) : String.valueOf(read))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "boolean|1",
                "boolean|\"yes\"",
                "tinyint|128",
                "smallint|-32769",
                "int|2147483648",
                "int|1.5",
                "int|0.5",
                "int|1e-1000000000",
                "int|1e1000000000",
                "int|\"\"",
                "int|\"0x10\"",
                "int|true",
                "int|[1]",
                "bigint|9223372036854775808",
                "bigint|-9223372036854775809",
                "float|1e39",
                "double|1e400",
                "double|\"NaN\"",
                "decimal(5,2)|1000",
                "decimal(5,2)|999.995",
                "decimal(5,2)|1e1000000000",
                "varchar(3)|\"abcd\"",
                "char(1)|\"ab\"",
                "date|\"2026-02-30\"",
                "date|\"2026-11-26T00:00:00Z\"",
                "date|20000",
                "timestamp|\"yesterday\"",
                "timestamp|\"2026-11-26 25:00:00\"",
                "timestamp|1e300",
                "timestamp|999999999999999999999",
                "timestamp|{}",
                "map<int,int>|{\"a\":1}",
                "map<string,int>|[]",
                "struct<a:int>|\"text\"",
                "struct<a:int>|{\"a\":\"x\"}"
            })
    void whatDoesNotFitIsRefusedAndTheColumnNamed(String type, String json) {
        assertThatThrownBy(() -> one(OPENX, type, "{\"c\":" + json + "}"))
                .isInstanceOfSatisfying(
                        ConversionException.class,
                        e -> assertThat(e.code()).isEqualTo("DataFormatConversion.MalformedData"))
                .hasMessageContaining("Column c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2017-02-07T15:13:01.39256Z\"|2017-02-07T15:13:01.392560Z",
                "\"2017-02-07T15:13:01Z\"|2017-02-07T15:13:01Z",
                "\"2017-2-7 15:13:01.14\"|2017-02-07T15:13:01.140Z",
                "\"2017-02-07 15:13:01.123456789\"|2017-02-07T15:13:01.123456789Z",
                "\"2017-02-07T15:13:01+02:00\"|2017-02-07T13:13:01Z",
                "\"2017-02-07\"|2017-02-07T00:00:00Z",
                "1518033528|2018-02-07T19:58:48Z",
                "1518033528123|2018-02-07T19:58:48.123Z",
                "1518033528.123|2018-02-07T19:58:48.123Z",
                "\"1518033528123\"|2018-02-07T19:58:48.123Z",
                "-1.5|1969-12-31T23:59:58.500Z"
            })
    void timesAreReadInTheFormsThatFirehoseNames(String json, Instant time) throws Exception {
        assertThat(one(OPENX, "timestamp", "{\"c\":" + json + "}")).isEqualTo(time);
        assertThat(one(HIVE, "timestamp", "{\"c\":" + json + "}")).isEqualTo(time);
    }

    @Test
    void datesAreDays() throws Exception {
        assertThat(one(OPENX, "date", "{\"c\":\"2026-11-26\"}"))
                .isEqualTo((int) LocalDate.of(2026, 11, 26).toEpochDay());
    }

    @Test
    void hiveReadsTheFormsThatItIsTold() throws Exception {
        SerDeRules rules = SerDeRules.of(Deserializer.builder()
                .hiveJsonSerDe(serDe -> serDe.timestampFormats("dd/MMM/yyyy:HH:mm:ss ZZ", "millis"))
                .build());

        assertThat(one(rules, "timestamp", "{\"c\":\"26/Nov/2026:10:00:00 +02:00\"}"))
                .isEqualTo(Instant.parse("2026-11-26T08:00:00Z"));
        assertThat(one(rules, "timestamp", "{\"c\":1000}")).isEqualTo(Instant.ofEpochMilli(1000));
        assertThatThrownBy(() -> SerDeRules.of(Deserializer.builder()
                        .hiveJsonSerDe(serDe -> serDe.timestampFormats("xxxx-ww"))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {"int|\"1\"", "boolean|\"true\"", "string|{}", "array<int>|7", "struct<a:int>|[]"})
    void hiveRefusesWhatOpenXWouldTake(String type, String json) {
        assertThatThrownBy(() -> one(HIVE, type, "{\"c\":" + json + "}")).isInstanceOf(ConversionException.class);
    }

    @Test
    void missingKeysAreNullAndOthersLeftOut() throws Exception {
        assertThat(text("a int, b string", "{\"x\":{\"deep\":[1,{}]},\"b\":\"text\"}"))
                .isEqualTo("[null, text]");
    }

    @Test
    void ofAKeyThatComesTwiceTheLastCounts() throws Exception {
        assertThat(rows(OPENX, "a int", "{\"a\":1,\"A\":2}")).containsExactly(new Object[] {2});
    }

    @Test
    void nullsAreKeptWhereverTheyAre() throws Exception {
        assertThat(text("s struct<a:int,b:struct<c:int>>, l array<array<int>>, m map<string,int>", """
                        {"s":{"a":null,"b":{"c":null}},"l":[null,[null,1]],"m":{"k":null}}"""))
                .isEqualTo("[[null, [null]], [null, [null, 1]], [[k], [null]]]");
    }

    @Test
    void caseCountsOnlyWhereThatIsAskedFor() throws Exception {
        SerDeRules exact = SerDeRules.of(Deserializer.builder()
                .openXJsonSerDe(serDe -> serDe.caseInsensitive(false))
                .build());

        assertThat(rows(OPENX, "name string", "{\"NAME\":\"x\"}")).containsExactly(new Object[] {"x"});
        assertThat(one(exact, "string", "{\"C\":\"x\"}")).isNull();
    }

    @Test
    void keysAreMappedAndTheirDotsAreUnderscoresWhereThatIsAskedFor() throws Exception {
        SerDeRules rules = SerDeRules.of(Deserializer.builder()
                .openXJsonSerDe(serDe -> serDe.columnToJsonKeyMappings(Map.of("ts", "timestamp"))
                        .convertDotsInJsonKeysToUnderscores(true))
                .build());

        assertThat(rows(rules, "ts int, a_b int", "{\"timestamp\":1,\"ts\":9,\"a.b\":2}"))
                .containsExactly(new Object[] {1, 2});
    }

    @Test
    void severalObjectsInARecordAreAsManyRows() throws Exception {
        assertThat(rows(OPENX, "a int", "{\"a\":1}{\"a\":2}\n{\"a\":3}\n"))
                .containsExactly(new Object[] {1}, new Object[] {2}, new Object[] {3});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "'{'|ParseError",
                "'{\"a\":1'|ParseError",
                "'{\"a\":}'|ParseError",
                "'{\"a\":1}x'|ParseError",
                "'{\"a\":1}{'|ParseError",
                "'{\"a\":01}'|ParseError",
                "'{\"a\":NaN}'|ParseError",
                "'not json'|ParseError",
                "''|ParseError",
                "' '|ParseError",
                "'[{\"a\":1}]'|MalformedData",
                "'\"a\"'|MalformedData",
                "'null'|MalformedData",
                "'{\"a\":1}{\"a\":[]}'|MalformedData"
            })
    void aRecordIsRefusedAsAWholeAndItIsSaidWhy(String quoted, String code) {
        String record = quoted.substring(1, quoted.length() - 1);

        assertThatThrownBy(() -> rows(OPENX, "a int", record))
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.code()).isEqualTo("DataFormatConversion." + code));
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAlsoWhereNobodyReadsThem() {
        byte[] used = "{\"a\":\"x\"}".getBytes(StandardCharsets.ISO_8859_1);
        used[6] = (byte) 0xff;
        byte[] skipped = "{\"b\":\"x\"}".getBytes(StandardCharsets.ISO_8859_1);
        skipped[6] = (byte) 0xc3;

        for (byte[] record : List.of(used, skipped)) {
            assertThatThrownBy(() -> new RowReader(columns("a string"), OPENX).read(record))
                    .isInstanceOf(ConversionException.class);
        }
    }

    @Test
    void deepJsonIsRefusedAndNotFollowed() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> rows(OPENX, "a string", deep)).isInstanceOf(ConversionException.class);
        assertThatThrownBy(() -> rows(OPENX, "b string", deep)).isInstanceOf(ConversionException.class);
    }

    @Test
    void valuesAreNotToldInErrors() {
        assertThatThrownBy(() -> one(OPENX, "int", "{\"c\":\"secret-value\"}"))
                .message()
                .doesNotContain("secret-value");
        assertThatThrownBy(() -> one(OPENX, "int", "{\"c\":secret-value}"))
                .message()
                .doesNotContain("secret");
    }

    /** The first row. */
    private static String text(String columns, String record) throws ConversionException {
        return Arrays.deepToString(rows(OPENX, columns, record).getFirst());
    }

    private static @Nullable Object one(SerDeRules rules, String type, String record) throws ConversionException {
        return rows(rules, "c " + type, record).getFirst()[0];
    }

    private static List<@Nullable Object[]> rows(SerDeRules rules, String columns, String record)
            throws ConversionException {
        return new RowReader(columns(columns), rules).read(record.getBytes(StandardCharsets.UTF_8));
    }

    static List<TableColumn> columns(String text) {
        List<TableColumn> columns = new ArrayList<>();
        for (String column : text.split(", ")) {
            String[] parts = column.split(" ", 2);
            columns.add(new TableColumn(parts[0], HiveTypeParser.parse(parts[1])));
        }
        return columns;
    }
}
