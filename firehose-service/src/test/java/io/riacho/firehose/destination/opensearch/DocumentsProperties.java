package io.riacho.firehose.destination.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

class DocumentsProperties {

    @Provide
    Arbitrary<byte[]> almostDocuments() {
        Arbitrary<String> parts = Arbitraries.of(
                List.of("{", "}", "\"a\"", ":", "1", ",", "\n", "\r", " ", "[", "]", "\"é\"", "{}", "\"\\n\"", "null"));
        Arbitrary<byte[]> texts =
                parts.list().ofMaxSize(12).map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Arbitraries.oneOf(texts, anything, texts.map(DocumentsProperties::utf16));
    }

    private static byte[] utf16(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
    }

    @Property(tries = 20_000)
    void whatIsALineIsTheSameDocumentAndNothingElse(@ForAll("almostDocuments") byte[] record) {
        byte[] line = Documents.line(record);

        if (line != null) {
            String text = new String(line, StandardCharsets.UTF_8);
            assertThat(text).doesNotContain("\n", "\r");
            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(line);
            assertThat(JsonMapper.shared().readTree(line).isObject()).isTrue();
            assertThat(JsonMapper.shared().readTree(line))
                    .isEqualTo(JsonMapper.shared().readTree(record));
        }
    }

    @Property(tries = 1000)
    void everyObjectIsALine(@ForAll List<String> texts) {
        byte[] pretty = JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(java.util.Map.of(
                        "texts", texts.stream().map(DocumentsProperties::legal).toList()));

        assertThat(Documents.line(pretty)).isNotNull();
    }

    /** Text that UTF-8 can hold. */
    private static String legal(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
