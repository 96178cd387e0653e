package io.riacho.auth.iam.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.Tag;

/** The condition keys {@code aws:RequestTag/…} and {@code aws:TagKeys}. */
final class RequestTags {

    private RequestTags() {}

    static void addTo(Map<String, List<String>> keys, List<?> tags, List<?> tagKeys) {
        List<String> names = new ArrayList<>();
        for (Object given : tags) {
            Tag tag = (Tag) given;
            keys.put("aws:requesttag/" + tag.key().toLowerCase(Locale.ROOT), List.of(tag.value()));
            names.add(tag.key());
        }
        tagKeys.forEach(key -> names.add(key.toString()));
        if (!names.isEmpty()) {
            keys.put("aws:tagkeys", names);
        }
    }
}
