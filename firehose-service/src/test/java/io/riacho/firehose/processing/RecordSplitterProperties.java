package io.riacho.firehose.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class RecordSplitterProperties {

    @Property
    void objectsComeApartWhereTheyWerePutTogether(
            @ForAll @Size(min = 1, max = 20) List<@From("objects") String> objects, @ForAll("spaces") String between) {
        String data = between + String.join(between, objects) + between;

        assertThat(texts(RecordSplitter.JSON.split(bytes(data)))).isEqualTo(objects);
    }

    @Property
    void whateverCannotBeTakenApartStaysWholeAndNothingIsLost(@ForAll("nearlyJson") String data) {
        List<String> pieces = texts(RecordSplitter.JSON.split(bytes(data)));

        assertThat(String.join("", pieces).replaceAll("\\s", "")).isEqualTo(data.replaceAll("\\s", ""));
    }

    @Property
    void delimitedRecordsComeApart(
            @ForAll @Size(max = 20) List<@From("words") String> words, @ForAll("delimiters") String delimiter) {
        String data = String.join(delimiter, words);

        assertThat(texts(RecordSplitter.delimited(bytes(delimiter)).split(bytes(data))))
                .isEqualTo(words);
        assertThat(texts(RecordSplitter.delimited(bytes(delimiter)).split(bytes(data + delimiter))))
                .isEqualTo(words);
    }

    @Example
    void aRecordHas500RecordsInItAtTheMost() {
        String object = "{\"a\":1}";
        assertThat(RecordSplitter.JSON.split(bytes(object.repeat(500)))).hasSize(500);
        assertThat(texts(RecordSplitter.JSON.split(bytes(object.repeat(501))))).containsExactly(object.repeat(501));

        RecordSplitter lines = RecordSplitter.delimited(bytes("\n"));
        assertThat(lines.split(bytes("x\n".repeat(500)))).hasSize(500);
        assertThat(texts(lines.split(bytes("x\n".repeat(501))))).containsExactly("x\n".repeat(501));
    }

    @Example
    void anArrayIsNotTakenApart() {
        assertThat(texts(RecordSplitter.JSON.split(bytes("[{\"a\":1}, {\"a\":2}]"))))
                .containsExactly("[{\"a\":1}, {\"a\":2}]");
    }

    @Example
    void nothingButDelimitersIsNoRecord() {
        assertThat(RecordSplitter.delimited(bytes("##")).split(bytes("####"))).isEmpty();
    }

    @Provide
    Arbitrary<String> objects() {
        return Arbitraries.of(
                "{}",
                "{\"a\":1}",
                "{\"a\":\"}{\"}",
                "{\"a\":\"\\\"}\"}",
                "{\"a\":\"\\\\\"}",
                "{\"a\":{\"b\":[{\"c\":\"\u00e9\u4e2d\"}]}}",
                "{ \"a\" : [1, 2] }");
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", "\n", " ", "\r\n", "\t\n ");
    }

    @Provide
    Arbitrary<String> nearlyJson() {
        return Arbitraries.of("{", "}", "\"", "\\", "a", ":", "1", "[", "]", "{\"a\":1}", " ", "\n")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5);
    }

    @Provide
    Arbitrary<String> delimiters() {
        return Arbitraries.of("\n", "####", ",", "\u0001", "##");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> new String(piece, StandardCharsets.UTF_8))
                .toList();
    }
}
