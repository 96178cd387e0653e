package io.riacho.auth.kms.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.AwsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EncryptionContextProperties {

    @Property
    void theOrderOfThePairsDoesNotMatter(@ForAll("contexts") Map<String, String> pairs, @ForAll Random random) {
        List<Map.Entry<String, String>> entries = new ArrayList<>(pairs.entrySet());
        Collections.shuffle(entries, random);
        Map<String, String> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));

        assertThat(EncryptionContext.of(shuffled).canonical())
                .isEqualTo(EncryptionContext.of(pairs).canonical());
    }

    @Property
    void differentContextsDiffer(
            @ForAll("contexts") Map<String, String> one, @ForAll("contexts") Map<String, String> other) {
        assertThat(Arrays.equals(
                        EncryptionContext.of(one).canonical(),
                        EncryptionContext.of(other).canonical()))
                .isEqualTo(one.equals(other));
    }

    @Property
    void theCanonicalFormReadsBackAsTheContext(@ForAll("contexts") Map<String, String> pairs) {
        ByteBuffer in = ByteBuffer.wrap(EncryptionContext.of(pairs).canonical());
        Map<String, String> read = new LinkedHashMap<>();
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            read.put(text(in), text(in));
        }
        assertThat(in.hasRemaining()).isFalse();
        assertThat(read).isEqualTo(pairs);
    }

    @Example
    void keysAreInTheOrderOfTheirUtf8Bytes() {
        // By UTF-16 units it would be the other way round.
        String beyond = new String(Character.toChars(0x10000));
        Map<String, String> pairs = Map.of(beyond, "", "\uFFFD", "");
        ByteBuffer in = ByteBuffer.wrap(EncryptionContext.of(pairs).canonical(), 4, 7);
        assertThat(text(in)).isEqualTo("\uFFFD");
    }

    @Example
    void textThatUtf8CannotWriteIsRefused() {
        assertThatThrownBy(() -> EncryptionContext.of(Map.of("k", "\uD800")))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("ValidationException"));
    }

    @Provide
    Arbitrary<Map<String, String>> contexts() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.of("", "a", "b", "ab", "ba", "\u0000", "é", "\uFFFD"),
                Arbitraries.strings().ofMaxLength(6).filter(EncryptionContextProperties::isUnicode));
        return Arbitraries.maps(texts, texts).ofMaxSize(4);
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
