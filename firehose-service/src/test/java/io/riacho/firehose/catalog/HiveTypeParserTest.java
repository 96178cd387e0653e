package io.riacho.firehose.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiveTypeParserTest {

    @Test
    void readsWhatIsNested() {
        assertThat(HiveTypeParser.parse("map<string, array<struct<id:bigint, Price:decimal(10,2)>>>"))
                .isEqualTo(new HiveType.Map(
                        HiveType.Primitive.STRING,
                        new HiveType.Array(new HiveType.Struct(List.of(
                                new HiveType.Field("id", HiveType.Primitive.BIGINT),
                                new HiveType.Field("price", new HiveType.Decimal(10, 2)))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer|int",
                "INT|int",
                " string |string",
                "decimal|decimal(10,0)",
                "decimal(5)|decimal(5,0)",
                "numeric(38,38)|decimal(38,38)",
                "struct<`odd name`:int>|struct<odd name:int>",
                "struct<a.b-c:int>|struct<a.b-c:int>"
            })
    void knowsHivesOtherNames(String text, String same) {
        assertThat(HiveTypeParser.parse(text)).hasToString(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "int int",
                "decimal(39,0)",
                "decimal(5,6)",
                "decimal(0)",
                "decimal(99999999999)",
                "varchar",
                "varchar(0)",
                "varchar(65536)",
                "char(256)",
                "array",
                "array<int",
                "array<>",
                "array<int,int>",
                "map<int>",
                "map<array<int>,int>",
                "struct<>",
                "struct<a>",
                "struct<a:int,A:int>",
                "struct<a:int,>",
                "timestamp with local time zone",
                "uniontype<int,string>",
                "int>"
            })
    void refusesWhatIsNoTypeOfIts(String text) {
        assertThatThrownBy(() -> HiveTypeParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void refusesTypesThatAreNestedTooDeep() {
        String fits = "array<".repeat(31) + "int" + ">".repeat(31);
        String tooDeep = "array<".repeat(40_000) + "int" + ">".repeat(40_000);

        assertThat(HiveTypeParser.parse(fits)).hasToString(fits);
        assertThatThrownBy(() -> HiveTypeParser.parse(tooDeep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deep");
    }
}
