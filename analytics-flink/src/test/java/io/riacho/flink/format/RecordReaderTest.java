package io.riacho.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordReaderTest {

    private static final VarCharType TEXT = VarCharType.STRING_TYPE;
    private static final String ORDERS = """
        {"customerName":"John Doe","orders":[
          {"orderId":"23284","item":{"name":"Widget"}},
          {"orderId":"63122"},
          {"orderId":"77284","item":{"name":"Sprocket"}}]}\
        """;

    @Test
    void whatIsNotThereIsNull() {
        Reading reading = Reading.json("$", List.of("$.a.b", "$.A"), TEXT, TEXT);

        assertThat(reading.texts("{\"a\":{\"b\":\"x\"}}")).containsExactly("x|null");
    }

    @Test
    void namesMayBeInBrackets() {
        Reading reading = Reading.json("$", List.of("$['a.b'].c", "$[\"d e\"]"), TEXT, TEXT);

        assertThat(reading.texts("{\"a.b\":{\"c\":1},\"d e\":2}")).containsExactly("1|2");
    }

    @Test
    void anArrayAsAWholeIsItsText() {
        Reading reading = Reading.json("$", List.of("$.x[0:]"), TEXT);

        assertThat(reading.texts("{\"x\":[1, {\"é\" : \"🌊\"}]}")).containsExactly("[1, {\"é\" : \"🌊\"}]");
    }

    @Test
    void anArrayThatIsTakenApartGivesARowForEachElement() {
        Reading reading = Reading.json(
                "$", List.of("$.customerName", "$.orders[0:].orderId", "$.orders[0:].item.name"), TEXT, TEXT, TEXT);

        assertThat(reading.texts(ORDERS))
                .containsExactly("John Doe|23284|Widget", "John Doe|63122|null", "John Doe|77284|Sprocket");
    }

    @Test
    void anEmptyArrayGivesARow() {
        Reading reading = Reading.json("$", List.of("$.name", "$.orders[0:].id"), TEXT, TEXT);

        assertThat(reading.texts("{\"name\":\"n\",\"orders\":[]}")).containsExactly("n|null");
    }

    @Test
    void aRowPathGivesARowForEachElement() {
        Reading reading = Reading.json(
                "$.orders[0:]", List.of("$.orderId", "$.orders[0:].item.name", "$.customerName"), TEXT, TEXT, TEXT);

        assertThat(reading.texts(ORDERS))
                .containsExactly("23284|Widget|John Doe", "63122|null|John Doe", "77284|Sprocket|John Doe");
    }

    @Test
    void anArrayAtTheTopGivesARowForEachElement() {
        Reading reading = Reading.json("$", List.of("$.a"), new IntType());

        assertThat(reading.texts("[{\"a\":1},{\"a\":2}]")).containsExactly("1", "2");
    }

    @Test
    void aRecordMayHoldSeveralObjects() {
        Reading reading = Reading.json("$", List.of("$.a"), new IntType());

        assertThat(reading.texts("{\"a\":1}\n{\"a\":2}{\"a\":3}")).containsExactly("1", "2", "3");
    }

    @Test
    void onlyTheRowWithTheWrongValueIsAnError() {
        Reading reading = Reading.json("$", List.of("$.x[0:].y"), new IntType());

        assertThat(reading.texts("{\"x\":[{\"y\":1},{\"y\":\"no\"},{\"y\":3}]}"))
                .containsExactly("1", "ERROR", "3");
    }

    @Test
    void anErrorTellsOfTheRecordAsTheErrorStreamDoes() {
        Reading reading = Reading.value(new IntType());

        RowData row = reading.rows("{\"v\":\"no\"}").getFirst();

        JsonNode error = JsonMapper.builder().build().readTree(row.getString(1).toString());
        assertThat(error.propertyNames())
                .containsExactly(
                        "ERROR_TIME", "ERROR_LEVEL", "ERROR_NAME", "MESSAGE", "DATA_ROWTIME", "DATA_ROW", "PUMP_NAME");
        assertThat(error.get("MESSAGE").asString()).contains("no", "INT", "C0");
        assertThat(error.get("DATA_ROW").asString()).isEqualTo("7b2276223a226e6f227d");
        assertThat(row.isNullAt(0)).isTrue();
    }

    @Test
    void whatIsNoJsonIsOneError() {
        Reading reading = Reading.value(new IntType());

        assertThat(reading.texts("{\"v\":1")).containsExactly("ERROR");
        assertThat(reading.texts("hello")).containsExactly("ERROR");
        assertThat(reading.texts("[".repeat(100_000))).containsExactly("ERROR");
    }

    @Test
    void csvHasRowsAndColumns() {
        Reading reading = Reading.csv("\\n", ",", TEXT, new IntType(), TEXT);

        assertThat(reading.texts("a,1,x\r\nb,,\"y,\"\"z\"\"\",more\n\nc\n"))
                .containsExactly("a|1|x", "b|null|y,\"z\"", "c|null|null");
    }

    @Test
    void csvMayHaveOtherDelimiters() {
        Reading reading = Reading.csv("||", ";;", TEXT, new IntType());

        assertThat(reading.texts("a;;1||b;;no||c,d;;3")).containsExactly("a|1", "ERROR", "c,d|3");
    }

    @Test
    void schemasThatCannotBeReadWithAreRefused() {
        assertThatThrownBy(() -> JsonPath.parse("$.a[0].b")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> JsonPath.parse("$.a[0:].b[0:].c")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> JsonPath.parse("a")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> InputSchema.parse("""
            {"RecordFormat":{"RecordFormatType":"JSON"},"RecordColumns":[
             {"Name":"a","Mapping":"$.x[0:].a","SqlType":"INTEGER"},
             {"Name":"b","Mapping":"$.y[0:].b","SqlType":"INTEGER"}]}\
            """))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Only one array");
        assertThatThrownBy(() -> InputSchema.parse("""
            {"RecordEncoding":"UTF-16","RecordFormat":{"RecordFormatType":"JSON"},"RecordColumns":[{"Name":"a"}]}\
            """))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("UTF-16");
    }
}
