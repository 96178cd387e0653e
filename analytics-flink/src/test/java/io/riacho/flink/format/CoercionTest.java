package io.riacho.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Mapping JSON data types to SQL data types" of the developer guide, rule by rule. */
class CoercionTest {

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "null; INTEGER; null",
                "true; INTEGER; 1",
                "false; DECIMAL; 0.00",
                "true; BOOLEAN; true",
                "false; BOOLEAN; false",
                "true; VARCHAR; true",
                "false; VARCHAR; fals",
                "true; DATE; ERROR",
                "true; TIMESTAMP; ERROR",
                "67321; INTEGER; 67321",
                "123.4; INTEGER; ERROR",
                "123.0; INTEGER; 123",
                "128; TINYINT; ERROR",
                "-128; TINYINT; -128",
                "40000; SMALLINT; ERROR",
                "9223372036854775808; BIGINT; ERROR",
                "1e3; BIGINT; 1000",
                "1e999999999; BIGINT; ERROR",
                "1e-999999999; BIGINT; ERROR",
                "1e999999999; DECIMAL; ERROR",
                "0e999999999; DECIMAL; 0.00",
                "123.45; DECIMAL; 123.45",
                "123.456; DECIMAL; ERROR",
                "1234.5; DECIMAL; ERROR",
                "1e999; DOUBLE; ERROR",
                "0.1; DOUBLE; 0.1",
                "0.1; FLOAT; 0.1",
                "0; BOOLEAN; false",
                "-0.0; BOOLEAN; false",
                "17; BOOLEAN; true",
                "12.50; VARCHAR; 12.5",
                "1.50; VARCHAR; 1.50",
                "12; DATE; ERROR",
                "12; VARBINARY; ERROR",
                "\"17\"; INTEGER; 17",
                "\" 17 \"; INTEGER; 17",
                "\"seventeen\"; INTEGER; ERROR",
                "\"TRUE\"; BOOLEAN; true",
                "\"yes\"; BOOLEAN; false",
                "\"John Doe\"; VARCHAR; John",
                "\"ab\"; CHAR; `ab  `",
                "\"1992-02-14\"; DATE; 8079",
                "\"1992-02-14 18:35:44.0\"; DATE; 8079",
                "\"1992-02-14\"; TIMESTAMP; 1992-02-14T00:00",
                "\"1992-02-14 18:35:44.0\"; TIMESTAMP; 1992-02-14T18:35:44",
                "\"1992-02-14 18:35:44.123456\"; TIMESTAMP; 1992-02-14T18:35:44.123",
                "\"1992-02-14T18:35:44Z\"; TIMESTAMP; 1992-02-14T18:35:44",
                "\"1992-02-14T18:35:44+02:00\"; TIMESTAMP; 1992-02-14T16:35:44",
                "\"1992-02-30\"; TIMESTAMP; ERROR",
                "\"14.02.1992\"; TIMESTAMP; ERROR",
                "\"18:35:44\"; TIME; 66944000",
                "\"X'zz'\"; VARBINARY; ERROR",
                "\"X'0102030405'\"; VARBINARY; ERROR",
                "[1, 2]; VARCHAR; `[1, `",
                "{\"a\":1}; VARCHAR; {\"a\"",
                "[1, 2]; INTEGER; ERROR",
                "{}; BOOLEAN; ERROR",
                "{}; TIMESTAMP; ERROR"
            })
    void aValueBecomesWhatTheGuideSays(String json, String type, String expected) {
        assertThat(Reading.value(type(type)).texts("{\"v\":" + json + "}")).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "\"X'3F67A23A'\"; VARBINARY; 3f67a23a",
                "\"X'3F67A2'\"; BINARY; 3f67a200",
                "true; VARBINARY; 01",
                "true; BINARY; 00000001",
                "false; BINARY; 00000000"
            })
    void bytesComeOfLiteralsAndOfTruth(String json, String type, String expected) {
        List<org.apache.flink.table.data.RowData> rows =
                Reading.value(type(type)).rows("{\"v\":" + json + "}");
        assertThat(java.util.HexFormat.of().formatHex(rows.getFirst().getBinary(0)))
                .isEqualTo(expected);
    }

    private static LogicalType type(String name) {
        return switch (name) {
            case "TINYINT" -> new TinyIntType();
            case "SMALLINT" -> new SmallIntType();
            case "INTEGER" -> new IntType();
            case "BIGINT" -> new BigIntType();
            case "DECIMAL" -> new DecimalType(5, 2);
            case "FLOAT" -> new FloatType();
            case "DOUBLE" -> new DoubleType();
            case "BOOLEAN" -> new BooleanType();
            case "VARCHAR" -> new VarCharType(4);
            case "CHAR" -> new CharType(4);
            case "BINARY" -> new BinaryType(4);
            case "VARBINARY" -> new VarBinaryType(4);
            case "DATE" -> new DateType();
            case "TIME" -> new TimeType();
            case "TIMESTAMP" -> new TimestampType(3);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
