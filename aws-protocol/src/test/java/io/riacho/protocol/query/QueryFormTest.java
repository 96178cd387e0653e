package io.riacho.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFormTest {

    @Test
    void namesAndValuesAreDecodedFromUtf8() {
        assertThat(parse("a%2Eb=x+y%20%26%C3%A4%e2%82%ac&%F0%9F%98%80=~").values())
                .containsEntry("a.b", "x y &ä€")
                .containsEntry("\uD83D\uDE00", "~")
                .hasSize(2);
    }

    @Test
    void ofTwoParametersWithOneNameTheFirstCounts() {
        assertThat(parse("Action=A&Action=B").action()).isEqualTo("A");
    }

    @Test
    void aNameWithoutAValueHasAnEmptyOne() {
        assertThat(parse("a&b=&=c&&").values())
                .containsEntry("a", "")
                .containsEntry("b", "")
                .containsEntry("", "c");
    }

    @Test
    void onlyTheGivenLengthCounts() {
        assertThat(QueryForm.parse(bytes("a=bc"), 3).values()).containsEntry("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4&b=1", "a=%zz", "a=%+1", "a=%FF", "%C3=1", "a=%ED%A0%80", "a=%C0%80"})
    void whatIsNotEncodedProperlyIsRefused(String form) {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> parse(form))
                .matches(error -> error.type().equals("MalformedQueryString") && error.status() == 404);
    }

    @Test
    void theCountOfParametersIsBounded() {
        assertThat(parse(parameters(QueryForm.MAX_PARAMETERS)).values()).hasSize(QueryForm.MAX_PARAMETERS);
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> parse(parameters(QueryForm.MAX_PARAMETERS + 1)))
                .withMessage("The request has more than 5000 parameters.");
    }

    @Test
    void theLengthOfANameIsBounded() {
        assertThatExceptionOfType(AwsException.class).isThrownBy(() -> parse("a".repeat(513) + "=1"));
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
    }

    private static QueryForm parse(String form) {
        byte[] bytes = bytes(form);
        return QueryForm.parse(bytes, bytes.length);
    }

    private static byte[] bytes(String form) {
        return form.getBytes(StandardCharsets.UTF_8);
    }
}
