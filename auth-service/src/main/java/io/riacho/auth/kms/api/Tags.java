package io.riacho.auth.kms.api;

import io.riacho.auth.kms.error.KmsErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.kms.model.Tag;

/** Tags as requests give them. */
final class Tags {

    static final int MAX = 50;

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private Tags() {}

    static Map<String, String> read(List<Tag> tags) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (!ALLOWED.matcher(tag.tagKey()).matches()
                    || !ALLOWED.matcher(tag.tagValue()).matches()) {
                throw KmsErrors.tag("Tags hold letters, numbers, spaces and _ . / = + - : @ only.");
            }
            if (tag.tagKey().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw KmsErrors.tag("aws: prefixed tag key names are not allowed for external use.");
            }
            if (all.put(tag.tagKey(), tag.tagValue()) != null) {
                throw KmsErrors.tag("Duplicate tag keys");
            }
        }
        if (all.size() > MAX) {
            throw KmsErrors.limitExceeded("A key has at most " + MAX + " tags.");
        }
        return all;
    }
}
