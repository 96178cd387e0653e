package io.riacho.protocol.query;

import io.riacho.protocol.AwsException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request in {@code application/x-www-form-urlencoded}, from its body or its query string. Of two with
 * one name the first counts, as with AWS.
 */
public final class QueryForm {

    /** Ten times what the largest request of IAM or STS has. */
    static final int MAX_PARAMETERS = 5_000;

    private static final int MAX_NAME_BYTES = 512;

    private final Map<String, String> values;

    private QueryForm(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param form holds the form in its first {@code length} bytes
     * @throws AwsException MalformedQueryString where it is none, or has too many parameters
     */
    public static QueryForm parse(byte[] form, int length) {
        Map<String, String> values = new LinkedHashMap<>();
        int count = 0;
        int position = 0;
        while (position < length) {
            int end = indexOf(form, '&', position, length);
            if (end > position) {
                if (++count > MAX_PARAMETERS) {
                    throw QueryErrors.tooManyParameters(MAX_PARAMETERS);
                }
                int equals = indexOf(form, '=', position, end);
                if (equals - position > MAX_NAME_BYTES) {
                    throw QueryErrors.malformedForm();
                }
                String name = decode(form, position, equals);
                values.putIfAbsent(name, equals < end ? decode(form, equals + 1, end) : "");
            }
            position = end + 1;
        }
        return new QueryForm(values);
    }

    /** @param query a raw query string; null where there is none */
    public static QueryForm parse(@Nullable String query) {
        byte[] bytes = query == null ? new byte[0] : query.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, bytes.length);
    }

    /** The API's operation; null where none is named. */
    public @Nullable String action() {
        return values.get("Action");
    }

    public @Nullable String version() {
        return values.get("Version");
    }

    Map<String, String> values() {
        return values;
    }

    private static int indexOf(byte[] form, char wanted, int from, int to) {
        int i = from;
        while (i < to && form[i] != wanted) {
            i++;
        }
        return i;
    }

    private static String decode(byte[] form, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = form[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                if (i + 2 >= to) {
                    throw QueryErrors.malformedForm();
                }
                b = (byte) (digit(form[i + 1]) << 4 | digit(form[i + 2]));
                i += 2;
            }
            decoded[length++] = b;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw QueryErrors.malformedForm();
        }
    }

    private static int digit(byte b) {
        int digit = b < 0 ? -1 : Character.digit(b, 16);
        if (digit < 0) {
            throw QueryErrors.malformedForm();
        }
        return digit;
    }
}
