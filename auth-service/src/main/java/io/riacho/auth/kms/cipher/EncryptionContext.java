package io.riacho.auth.kms.cipher;

import io.riacho.auth.kms.error.KmsErrors;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a caller wants authenticated with a ciphertext: pairs of texts, whose order does not matter.
 *
 * <p>Canonical form, which the format of ciphertexts depends on: the count of pairs, then each pair as key and value, each
 * with its length before it; counts and lengths are 4 bytes big-endian, texts UTF-8, pairs in the order of their keys'
 * bytes, taken unsigned.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html">encryption context</a>
 */
public final class EncryptionContext {

    public static final EncryptionContext NONE = new EncryptionContext(Map.of(), List.of());

    private static final int MAX_BYTES = 8192;

    private final Map<String, String> pairs;
    private final List<Pair> encoded;

    private EncryptionContext(Map<String, String> pairs, List<Pair> encoded) {
        this.pairs = pairs;
        this.encoded = encoded;
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where it is too large, or text that UTF-8 cannot write */
    public static EncryptionContext of(Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return NONE;
        }
        List<Pair> encoded = pairs.entrySet().stream()
                .map(pair -> new Pair(utf8(pair.getKey()), utf8(pair.getValue())))
                .sorted(Comparator.comparing(Pair::key, Arrays::compareUnsigned))
                .toList();
        if (encoded.stream().mapToLong(Pair::length).sum() > MAX_BYTES) {
            throw KmsErrors.validation("The encryption context is larger than " + MAX_BYTES + " bytes.");
        }
        return new EncryptionContext(Map.copyOf(pairs), encoded);
    }

    public Map<String, String> pairs() {
        return pairs;
    }

    byte[] canonical() {
        int length = Integer.BYTES;
        for (Pair pair : encoded) {
            length += 2 * Integer.BYTES + pair.length();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).putInt(encoded.size());
        for (Pair pair : encoded) {
            bytes.putInt(pair.key.length)
                    .put(pair.key)
                    .putInt(pair.value.length)
                    .put(pair.value);
        }
        return bytes.array();
    }

    /** Refuses what would become another text: two contexts must never look the same. */
    private static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw KmsErrors.validation("The encryption context holds text that is not valid Unicode.");
        }
    }

    private static final class Pair {

        private final byte[] key;
        private final byte[] value;

        Pair(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        byte[] key() {
            return key;
        }

        int length() {
            return key.length + value.length;
        }
    }
}
