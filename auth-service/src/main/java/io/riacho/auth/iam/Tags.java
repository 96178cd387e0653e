package io.riacho.auth.iam;

import io.riacho.protocol.AwsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Tags of one thing in the order of their keys. Keys keep their case, but two that differ in case only are the same.
 */
public final class Tags {

    private Tags() {}

    /** @throws AwsException InvalidInput where a key comes twice or is AWS's own, LimitExceeded where there are too many */
    public static Map<String, String> of(List<Tag> tags) {
        Map<String, String> byLowerCase = new LinkedHashMap<>();
        Map<String, String> result = new LinkedHashMap<>();
        for (Tag tag : tags) {
            String lower = tag.key().toLowerCase(Locale.ROOT);
            if (lower.startsWith("aws:")) {
                throw IamErrors.invalidInput("Tag keys beginning with 'aws:' are reserved for system use.");
            }
            if (byLowerCase.put(lower, tag.key()) != null) {
                throw IamErrors.invalidInput(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            result.put(tag.key(), tag.value());
        }
        if (result.size() > Quotas.TAGS) {
            throw tooMany();
        }
        return result;
    }

    public static List<Tag> shapes(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static AwsException tooMany() {
        return IamErrors.limitExceeded("The number of tags has reached the maximum limit.");
    }
}
