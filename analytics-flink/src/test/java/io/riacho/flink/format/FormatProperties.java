package io.riacho.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.jspecify.annotations.Nullable;

class FormatProperties {

    private static final LogicalType[] TYPES = {
        new BigIntType(),
        new DoubleType(),
        new DecimalType(12, 3),
        new BooleanType(),
        VarCharType.STRING_TYPE,
        new TimestampType(3)
    };
    private static final String[] NAMES = {"A", "B", "C", "D", "E", "F"};

    @Property
    void aNumberFitsWhereItsRangeSaysSo(@ForAll long number) {
        boolean fits = number == (int) number;

        assertThat(Reading.value(new IntType()).texts("{\"v\":" + number + "}"))
                .containsExactly(fits ? Long.toString(number) : "ERROR");
        assertThat(Reading.value(new BigIntType()).texts("{\"v\":\"" + number + "\"}"))
                .containsExactly(Long.toString(number));
    }

    @Property
    void aDecimalIsExactOrAnError(@ForAll BigDecimal number, @ForAll @IntRange(min = 1, max = 19) int precision) {
        int scale = precision / 2;
        RowData row = Reading.value(new DecimalType(precision, scale))
                .rows("{\"v\":" + number + "}")
                .getFirst();

        BigDecimal limit = BigDecimal.TEN.pow(precision - scale);
        boolean fits = number.abs().compareTo(limit) < 0
                && number.setScale(scale, RoundingMode.DOWN).compareTo(number) == 0;
        assertThat(row.isNullAt(1)).isEqualTo(fits);
        if (fits) {
            assertThat(row.getDecimal(0, precision, scale).toBigDecimal()).isEqualByComparingTo(number);
        }
    }

    @Property
    void aTextIsCutToItsLengthInCharacters(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 20) int length) {
        String json = json(text);

        StringData read = Reading.value(new VarCharType(length))
                .rows("{\"v\":" + json + "}")
                .getFirst()
                .getString(0);

        int kept = Math.min(length, text.codePointCount(0, text.length()));
        assertThat(read.toString()).isEqualTo(text.substring(0, text.offsetByCodePoints(0, kept)));
    }

    @Property
    void whatIsWrittenAsJsonIsReadAgain(
            @ForAll @Nullable Long a,
            @ForAll double b,
            @ForAll @IntRange(min = -999_999_999, max = 999_999_999) int c,
            @ForAll boolean d,
            @ForAll("texts") String e,
            @ForAll("millis") long f) {
        GenericRowData row = row(a, b, c, d, e, f);
        Reading reading = Reading.json("$", List.of("$.A", "$.B", "$.C", "$.D", "$.E", "$.F"), TYPES);

        List<RowData> read =
                reading.rows(RowWriter.json(RowType.of(TYPES, NAMES)).serialize(row));

        assertThat(read).containsExactly(withError(row));
    }

    @Property
    void whatIsWrittenAsCsvIsReadAgain(
            @ForAll long a,
            @ForAll double b,
            @ForAll @IntRange(min = -999_999_999, max = 999_999_999) int c,
            @ForAll boolean d,
            @ForAll("texts") String e,
            @ForAll("millis") long f) {
        GenericRowData row = row(a, b, c, d, e, f);
        CsvDelimiters delimiters = CsvDelimiters.of("\n", ",");
        RowWriter writer = new RowWriter(RowType.of(TYPES, NAMES), delimiters, "\n");

        List<RowData> read = Reading.csv("\n", ",", TYPES).rows(writer.serialize(row));

        assertThat(read).containsExactly(withError(row));
    }

    @Property
    void noRecordWhatsoeverStopsTheReading(@ForAll byte[] record, @ForAll("almostJson") String text) {
        Reading json =
                Reading.json("$.a[0:]", List.of("$.b", "$.a[0:].c", "$"), new IntType(), new BooleanType(), TYPES[4]);
        Reading csv = Reading.csv("\n", ",", TYPES);

        assertThatCode(() -> {
                    List<RowData> unused = json.rows(record);
                    unused = json.rows(text);
                    unused = csv.rows(record);
                    unused = csv.rows(text);
                })
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'é', ' ', '"', ',', '\n', '\\', '\'', '{')
                .ofMaxLength(12)
                .map(text -> text.replace("é", "🌊"));
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of("{", "}", "[", "]", "\"a\"", "\"b\"", ":", ",", "1e9", "-", "null", "true", " ", "\"")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Long> millis() {
        return Arbitraries.longs().between(-62_135_596_800_000L, 253_402_300_799_999L);
    }

    private static GenericRowData row(@Nullable Long a, double b, int c, boolean d, String e, long f) {
        return GenericRowData.of(
                a,
                b,
                DecimalData.fromUnscaledLong(c, 12, 3),
                d,
                StringData.fromString(e),
                TimestampData.fromEpochMillis(f));
    }

    private static GenericRowData withError(GenericRowData row) {
        GenericRowData whole = new GenericRowData(row.getArity() + 1);
        for (int i = 0; i < row.getArity(); i++) {
            whole.setField(i, row.getField(i));
        }
        return whole;
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else {
                json.appendCodePoint(c);
            }
        });
        return json.append('"').toString();
    }
}
