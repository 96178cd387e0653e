package io.riacho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GlobProperties {

    @Property(tries = 5000)
    void aPatternMatchesWhatTheNaiveMatcherSays(@ForAll("tokens") int[] tokens, @ForAll("texts") String text) {
        assertThat(new Glob(tokens, false).matches(text)).isEqualTo(naive(tokens, 0, text, 0, false));
    }

    @Property(tries = 2000)
    void aPatternThatIgnoresCaseDoesSo(@ForAll("tokens") int[] tokens, @ForAll("texts") String text) {
        assertThat(new Glob(tokens, true).matches(text)).isEqualTo(naive(tokens, 0, text, 0, true));
    }

    @Property(tries = 1000)
    void aPatternOfManyWordsMatchesAsOneOfFew(
            @ForAll("tokens") int[] tokens, @ForAll("texts") String text, @ForAll("padding") int padding) {
        int[] padded = IntStream.concat(
                        IntStream.concat(
                                IntStream.of(Glob.ONE),
                                IntStream.generate(() -> 'z').limit(padding)),
                        IntStream.of(tokens))
                .toArray();

        boolean matches = new Glob(padded, false).matches("q" + "z".repeat(padding) + text);

        assertThat(matches).isEqualTo(naive(tokens, 0, text, 0, false));
        assertThat(new Glob(padded, false).matches("q" + "z".repeat(padding - 1) + "y" + text))
                .isFalse();
    }

    @Example
    void aPatternThatDrivesBacktrackersMadIsReadOnce() {
        int[] tokens = Glob.tokens("*a".repeat(1000) + "*b");

        assertThat(new Glob(tokens, false).matches("a".repeat(100_000))).isFalse();
        assertThat(new Glob(tokens, false).matches("a".repeat(100_000) + "b")).isTrue();
    }

    @Example
    void everyAsciiCharacterMayStandInAPattern() {
        int[] tokens = IntStream.concat(IntStream.of(Glob.ONE), IntStream.range(0, 128))
                .toArray();
        String text = IntStream.range(0, 128)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(new Glob(tokens, false).matches("x" + text)).isTrue();
        assertThat(new Glob(tokens, false).matches("x" + text.replace('~', '}')))
                .isFalse();
    }

    @Example
    void aCharacterOutsideTheBasicPlaneIsOne() {
        assertThat(new Glob(Glob.tokens("a?c*😀"), false).matches("a😀c😀")).isTrue();
        assertThat(new Glob(Glob.tokens("a??c"), false).matches("a😀c")).isFalse();
    }

    @Provide
    Arbitrary<int[]> tokens() {
        return Arbitraries.of(
                        (int) 'a',
                        (int) 'b',
                        (int) 'K',
                        (int) ':',
                        (int) 'é',
                        Glob.ANY,
                        Glob.ONE,
                        Glob.ANY_IN_SEGMENT,
                        Glob.ONE_IN_SEGMENT)
                .array(int[].class)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of('a', 'b', 'k', 'K', 'A', ':', 'é')
                .list()
                .ofMaxSize(10)
                .map(chars -> {
                    StringBuilder text = new StringBuilder();
                    chars.forEach(text::append);
                    return text.toString();
                });
    }

    @Provide
    Arbitrary<Integer> padding() {
        return Arbitraries.integers().between(50, 200);
    }

    private static boolean naive(int[] tokens, int token, String text, int at, boolean ignoreCase) {
        if (token == tokens.length) {
            return at == text.length();
        }
        boolean hasNext = at < text.length();
        boolean isColon = hasNext && text.charAt(at) == ':';
        return switch (tokens[token]) {
            case Glob.ANY ->
                naive(tokens, token + 1, text, at, ignoreCase)
                        || (hasNext && naive(tokens, token, text, at + 1, ignoreCase));
            case Glob.ANY_IN_SEGMENT ->
                naive(tokens, token + 1, text, at, ignoreCase)
                        || (hasNext && !isColon && naive(tokens, token, text, at + 1, ignoreCase));
            case Glob.ONE -> hasNext && naive(tokens, token + 1, text, at + 1, ignoreCase);
            case Glob.ONE_IN_SEGMENT -> hasNext && !isColon && naive(tokens, token + 1, text, at + 1, ignoreCase);
            default ->
                hasNext
                        && (tokens[token] == text.charAt(at)
                                || (ignoreCase
                                        && text.charAt(at) < 128
                                        && tokens[token] < 128
                                        && Character.toLowerCase(tokens[token])
                                                == Character.toLowerCase(text.charAt(at))))
                        && naive(tokens, token + 1, text, at + 1, ignoreCase);
        };
    }
}
