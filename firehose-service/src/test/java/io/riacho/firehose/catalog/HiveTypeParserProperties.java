package io.riacho.firehose.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HiveTypeParserProperties {

    @Property(tries = 500)
    void whatATypeIsWrittenAsIsReadAsThatType(@ForAll("types") HiveType type) {
        assertThat(HiveTypeParser.parse(type.toString())).isEqualTo(type);
    }

    @Property(tries = 2000)
    void anyTextIsATypeOrRefused(@ForAll("texts") String text) {
        try {
            HiveType type = HiveTypeParser.parse(text);
            assertThat(HiveTypeParser.parse(type.toString())).isEqualTo(type);
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                fail("no reason");
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "int", "array", "map", "struct", "decimal", "char", "<", ">", "(", ")", ",", ":", "`", " ", "7",
                        "a", "é")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<HiveType> types() {
        return type(3);
    }

    private static Arbitrary<HiveType> type(int depth) {
        Arbitrary<HiveType> leaf = Arbitraries.oneOf(
                Arbitraries.of(HiveType.Primitive.values()).map(primitive -> primitive),
                Arbitraries.integers()
                        .between(1, 38)
                        .flatMap(precision -> Arbitraries.integers()
                                .between(0, precision)
                                .map(scale -> new HiveType.Decimal(precision, scale))),
                Arbitraries.integers().between(1, 65_535).map(HiveType.Varchar::new),
                Arbitraries.integers().between(1, 255).map(HiveType.Char::new));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<HiveType> inner = Arbitraries.lazy(() -> type(depth - 1));
        return Arbitraries.oneOf(
                leaf,
                inner.map(HiveType.Array::new),
                Combinators.combine(leaf, inner).as(HiveType.Map::new),
                inner.list().ofMinSize(1).ofMaxSize(4).map(HiveTypeParserProperties::struct));
    }

    private static HiveType struct(List<HiveType> types) {
        return new HiveType.Struct(IntStream.range(0, types.size())
                .mapToObj(i -> new HiveType.Field("f_" + i, types.get(i)))
                .toList());
    }
}
