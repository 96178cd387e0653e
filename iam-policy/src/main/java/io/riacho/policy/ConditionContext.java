package io.riacho.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a request's condition keys. Names are case-insensitive. Binary values are Base64, dates ISO 8601 or
 * seconds since 1970, truth is {@code true} or {@code false}.
 */
@FunctionalInterface
public interface ConditionContext {

    /** Knows no key. */
    ConditionContext EMPTY = key -> null;

    /**
     * @param key such as {@code aws:sourceip}; the evaluator asks in lower case
     * @return null where the key is absent; an empty list is a key that is present without a value
     */
    @Nullable
    List<String> values(String key);

    static ConditionContext of(Map<String, List<String>> values) {
        Map<String, List<String>> byLowerCase = HashMap.newHashMap(values.size());
        values.forEach((key, value) -> byLowerCase.put(key.toLowerCase(Locale.ROOT), List.copyOf(value)));
        return key -> byLowerCase.get(key.toLowerCase(Locale.ROOT));
    }
}
