package io.riacho.leasetables.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.core.SdkBytes;

class ValueProperties {

    @Property
    void bytesOfNumbersAreOrderedAsTheNumbersAre(@ForAll("numbers") BigDecimal a, @ForAll("numbers") BigDecimal b) {
        int byBytes = Arrays.compareUnsigned(Numbers.ordered(a), Numbers.ordered(b));

        assertThat(Integer.signum(byBytes)).isEqualTo(a.compareTo(b));
    }

    @Property
    void bytesOfNeighboursAreOrderedToo(@ForAll("numbers") BigDecimal a, @ForAll("smallSteps") BigDecimal step) {
        BigDecimal b = a.add(step).stripTrailingZeros();
        if (b.precision() > 38 || a.signum() == 0 || b.signum() == 0) {
            return;
        }
        int byBytes = Arrays.compareUnsigned(Numbers.ordered(a), Numbers.ordered(b));

        assertThat(Integer.signum(byBytes)).isEqualTo(a.compareTo(b));
    }

    @Property
    void aNumberIsTheSameHoweverItIsWritten(@ForAll("numbers") BigDecimal number) {
        assertThat(Numbers.parse(number.toString())).isEqualTo(number);
        assertThat(Numbers.parse(number.toPlainString())).isEqualTo(number);
        assertThat(Numbers.parse(Numbers.text(number))).isEqualTo(number);
    }

    @Property
    void whatBeginsWithAPrefixIsBeforeWhatIsBehindIt(@ForAll byte[] prefix, @ForAll byte[] rest) {
        byte[] whole = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, whole, prefix.length, rest.length);
        byte[] behind = KeyBytes.behind(prefix);

        assertThat(Arrays.compareUnsigned(prefix, whole)).isLessThanOrEqualTo(0);
        if (behind != null) {
            assertThat(Arrays.compareUnsigned(whole, behind)).isNegative();
        }
    }

    @Property
    void textsAreOrderedByTheirBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
        assertThat(Integer.signum(Values.compare(new Value.Text(a), new Value.Text(b))))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))));
    }

    @Property(tries = 500)
    void anItemIsReadFromBytesAndFromTheWireAsItWas(@ForAll("items") Value.Document item) {
        assertThat(ItemBytes.read(ItemBytes.write(item))).isEqualTo(item);
        assertThat(Values.of(Values.toWire(item))).isEqualTo(item);
    }

    @Property
    void aTextsSizeIsItsBytes(@ForAll("texts") String text) {
        assertThat(Values.size(new Value.Document(Map.of("a", new Value.Text(text)))))
                .isEqualTo(1 + text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        Arbitrary<BigInteger> digits = Arbitraries.integers()
                .between(1, 38)
                .flatMap(count -> Arbitraries.bigIntegers()
                        .between(
                                BigInteger.TEN.pow(count).negate().add(BigInteger.ONE),
                                BigInteger.TEN.pow(count).subtract(BigInteger.ONE)));
        return Combinators.combine(digits, Arbitraries.integers().between(-92, 87))
                .as((unscaled, exponent) -> Numbers.checked(new BigDecimal(unscaled).scaleByPowerOfTen(exponent)));
    }

    @Provide
    Arbitrary<BigDecimal> smallSteps() {
        return Combinators.combine(
                        Arbitraries.integers().between(-9, 9).filter(digit -> digit != 0),
                        Arbitraries.integers().between(-20, 20))
                .as((digit, exponent) -> BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(5),
                Arbitraries.of("", "\u0000", "é", "\uffff", "😀", "a😀", "\uffff\ud83d\ude00", "日本"));
    }

    @Provide
    Arbitrary<Value.Document> items() {
        return documents(values());
    }

    private Arbitrary<Value> values() {
        return Arbitraries.lazyOf(
                () -> texts().map(Value.Text::new),
                () -> numbers().map(Value.Decimal::new),
                () -> binaries().map(Value.Binary::new),
                () -> Arbitraries.of(true, false).map(Value.Bool::new),
                () -> Arbitraries.just(new Value.Null()),
                () -> texts().map(text -> (Value) new Value.Text(text))
                        .list()
                        .uniqueElements()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(list -> new Value.Many(Type.SS, new LinkedHashSet<>(list))),
                () -> numbers()
                        .map(number -> (Value) new Value.Decimal(number))
                        .list()
                        .uniqueElements()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(list -> new Value.Many(Type.NS, new LinkedHashSet<>(list))),
                () -> values().list().ofMaxSize(2).map(list -> new Value.Sequence(List.copyOf(list))),
                () -> documents(values()).map(document -> document));
    }

    private Arbitrary<Value.Document> documents(Arbitrary<Value> values) {
        return Arbitraries.maps(texts(), values).ofMaxSize(3).map(map -> new Value.Document(new LinkedHashMap<>(map)));
    }

    private static Arbitrary<SdkBytes> binaries() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(4).map(SdkBytes::fromByteArray);
    }
}
