package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.firehose.model.Tag;

/** The tags of a delivery stream, at most 50. Their form is checked by the model. */
final class Tags {

    private static final int MOST = 50;

    private Tags() {}

    static Map<String, String> of(List<Tag> wire) {
        Map<String, String> tags = new HashMap<>();
        for (Tag tag : wire) {
            if (tags.put(tag.key(), tag.value() == null ? "" : tag.value()) != null) {
                throw FirehoseErrors.invalidArgument("Duplicate tag key: " + tag.key());
            }
        }
        requireFew(tags);
        return tags;
    }

    static Map<String, String> with(Map<String, String> tags, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(tags);
        all.putAll(more);
        requireFew(all);
        return all;
    }

    static Map<String, String> without(Map<String, String> tags, Collection<String> keys) {
        Map<String, String> rest = new HashMap<>(tags);
        keys.forEach(rest::remove);
        return rest;
    }

    /** In the order of their keys. */
    static List<Tag> list(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    private static void requireFew(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw FirehoseErrors.limitExceeded("A delivery stream can have at most " + MOST + " tags.");
        }
    }
}
