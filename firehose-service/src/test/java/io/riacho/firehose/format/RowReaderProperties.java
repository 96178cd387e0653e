package io.riacho.firehose.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.catalog.TableColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import software.amazon.awssdk.services.firehose.model.Deserializer;
import tools.jackson.databind.json.JsonMapper;

class RowReaderProperties {

    private static final SerDeRules OPENX =
            SerDeRules.of(Deserializer.builder().openXJsonSerDe(serDe -> {}).build());
    private static final List<TableColumn> ALL = RowReaderTest.columns("a boolean, b tinyint, c bigint, d double,"
            + " e decimal(9,4), f string, g date, h timestamp, i array<int>, j map<bigint,string>, k struct<a:int>");

    @Property(tries = 5000)
    void anyJsonLikeTextIsRowsOrRefused(@ForAll("texts") String text) {
        anyBytesAreRowsOrRefused(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void anyBytesAreRowsOrRefused(@ForAll byte[] bytes) {
        try {
            assertThat(new RowReader(ALL, OPENX).read(bytes)).isNotEmpty();
        } catch (ConversionException e) {
            assertThat(e.code()).startsWith("DataFormatConversion.");
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property
    void everyLongIsItself(@ForAll long number) throws ConversionException {
        assertThat(one("bigint", Long.toString(number))).isEqualTo(number);
        assertThat(one("bigint", "\"" + number + "\"")).isEqualTo(number);
    }

    @Property
    void everyStringIsItself(@ForAll("strings") String text) throws ConversionException {
        assertThat(one("string", JsonMapper.shared().writeValueAsString(text))).isEqualTo(text);
    }

    @Property
    void decimalsAreRoundedOnceAndRefusedOnlyWhereTheyAreTooLarge(
            @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(8) BigDecimal number) {
        BigDecimal rounded = number.setScale(2, RoundingMode.HALF_UP);
        boolean fits = rounded.precision() - rounded.scale() <= 5;
        try {
            assertThat(one("decimal(7,2)", number.toPlainString())).isEqualTo(rounded);
            assertThat(fits).isTrue();
        } catch (ConversionException e) {
            assertThat(fits).isFalse();
        }
    }

    @Property
    void timesAreTheSameAsTextAndAsNumber(
            @ForAll @LongRange(min = 100_000_000_000L, max = 253_402_300_799_999L) long millis)
            throws ConversionException {
        Instant time = Instant.ofEpochMilli(millis);

        assertThat(one("timestamp", "\"" + time + "\"")).isEqualTo(time);
        assertThat(one("timestamp", Long.toString(millis))).isEqualTo(time);
        assertThat(one("timestamp", "\"" + time.toString().replace('T', ' ').replace("Z", "") + "\""))
                .isEqualTo(time);
        assertThat(one(
                        "date",
                        "\"" + time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10) + "\""))
                .isEqualTo((int) Math.floorDiv(millis, 86_400_000L));
    }

    @Provide
    Arbitrary<String> strings() {
        return Arbitraries.strings()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> value = Arbitraries.of(
                "1",
                "-1.5",
                "1e99",
                "true",
                "null",
                "\"x\"",
                "\"2026-11-26\"",
                "[",
                "]",
                "{",
                "}",
                "[1,null]",
                "{\"1\":2}",
                "\"1\"",
                "",
                "99999999999999999999");
        Arbitrary<String> member = Combinators.combine(Arbitraries.chars().range('a', 'l'), value)
                .as((name, text) -> "\"" + name + "\":" + text);
        return member.list().ofMaxSize(6).map(members -> "{" + String.join(",", members) + "}");
    }

    private static Object one(String type, String json) throws ConversionException {
        Object value = new RowReader(RowReaderTest.columns("c " + type), OPENX)
                .read(("{\"c\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                .getFirst()[0];
        if (value == null) {
            throw new AssertionError("no value");
        }
        return value;
    }
}
