package io.riacho.auth.kms.access;

import io.riacho.auth.kms.cipher.EncryptionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says that policies and grants may ask about. Used by the thread that serves the request.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html">KMS's condition keys</a>
 */
public final class RequestFacts {

    private final Map<String, List<String>> keys = new HashMap<>();
    private List<String> grantTokens = List.of();
    private EncryptionContext context = EncryptionContext.NONE;

    private RequestFacts() {}

    public static RequestFacts none() {
        return new RequestFacts();
    }

    /** @param key of a condition, in lower case; a value that is null leaves it out */
    public RequestFacts with(String key, @Nullable Object value) {
        if (value != null) {
            keys.put(key, List.of(value.toString()));
        }
        return this;
    }

    public RequestFacts with(String key, List<String> values) {
        keys.put(key, List.copyOf(values));
        return this;
    }

    public RequestFacts withTags(Map<String, String> tags) {
        tags.forEach((name, value) -> with("aws:requesttag/" + name.toLowerCase(Locale.ROOT), value));
        return tags.isEmpty() ? this : with("aws:tagkeys", List.copyOf(tags.keySet()));
    }

    /** Tokens that have to be good ones. */
    public RequestFacts withGrantTokens(List<String> tokens) {
        grantTokens = List.copyOf(tokens);
        return this;
    }

    /** Names of condition keys know no case: of pairs whose names differ in case alone, a condition sees all values. */
    public RequestFacts withContext(EncryptionContext given) {
        context = given;
        given.pairs()
                .forEach((name, value) -> keys.merge(
                        "kms:encryptioncontext:" + name.toLowerCase(Locale.ROOT),
                        List.of(value),
                        RequestFacts::joined));
        if (!given.pairs().isEmpty()) {
            with("kms:encryptioncontextkeys", List.copyOf(given.pairs().keySet()));
        }
        return this;
    }

    Map<String, List<String>> keys() {
        return keys;
    }

    List<String> grantTokens() {
        return grantTokens;
    }

    Map<String, String> context() {
        return context.pairs();
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
