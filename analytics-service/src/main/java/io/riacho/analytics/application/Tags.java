package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkPojo;

/** The tags of an application, at most 50. Their form is checked by the model. */
public final class Tags {

    private static final int MOST = 50;

    private Tags() {}

    /** @param wire {@code Tag}s of either API */
    public static Map<String, String> of(Collection<?> wire) {
        Map<String, String> tags = new HashMap<>();
        for (Object each : wire) {
            SdkPojo tag = (SdkPojo) each;
            String key = Shapes.member(tag, "Key").map(Object::toString).orElse("");
            String value = Shapes.member(tag, "Value").map(Object::toString).orElse("");
            if (tags.put(key, value) != null) {
                throw AnalyticsErrors.invalidArgument("Duplicate tag key: " + key);
            }
        }
        return requireFew(tags);
    }

    public static Map<String, String> with(Map<String, String> tags, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(tags);
        all.putAll(more);
        return requireFew(all);
    }

    public static Map<String, String> without(Map<String, String> tags, Collection<String> keys) {
        Map<String, String> rest = new HashMap<>(tags);
        keys.forEach(rest::remove);
        return rest;
    }

    /** As the API has them, in the order of their keys. */
    public static <T> List<T> list(Map<String, String> tags, BiFunction<String, String, T> tag) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(each -> tag.apply(each.getKey(), each.getValue()))
                        .toList();
    }

    private static Map<String, String> requireFew(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw AnalyticsErrors.tooManyTags("An application can have at most " + MOST + " tags.");
        }
        return tags;
    }
}
