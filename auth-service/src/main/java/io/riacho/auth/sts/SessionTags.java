package io.riacho.auth.sts;

import io.riacho.auth.session.Session;
import io.riacho.protocol.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * The tags of a session to begin: those asked for, and those that came with the calling session to go on from role to
 * role. Keys are told apart without regard to case.
 *
 * @param asked as the request has them
 * @param all with the inherited ones
 * @param transitive keys of those that go on
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">session tags</a>
 */
record SessionTags(Map<String, String> asked, Map<String, String> all, List<String> transitive) {

    private static final int MOST = 50;

    static SessionTags of(List<Tag> tags, List<String> transitiveKeys, Caller caller) {
        Map<String, String> asked = asked(tags);
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> transitive = new ArrayList<>();
        for (String key : caller.keys().getOrDefault(Session.TRANSITIVE_TAGS, List.of())) {
            List<String> value = caller.keys().get("aws:principaltag/" + key.toLowerCase(Locale.ROOT));
            if (value != null && !value.isEmpty()) {
                all.put(key, value.getFirst());
                transitive.add(key);
            }
        }
        for (Map.Entry<String, String> tag : asked.entrySet()) {
            if (all.put(tag.getKey(), tag.getValue()) != null) {
                throw StsErrors.parameter("One of the specified transitive tag keys can't be set because it conflicts"
                        + " with a transitive tag key from the calling session.");
            }
        }
        for (String key : transitiveKeys) {
            if (!asked.containsKey(key)) {
                throw StsErrors.parameter("The specified transitive tag key must be included in the requested tags.");
            }
            transitive.add(key);
        }
        if (all.size() > MOST) {
            throw StsErrors.parameter("A session has at most " + MOST + " tags.");
        }
        return new SessionTags(asked, new LinkedHashMap<>(all), List.copyOf(transitive));
    }

    private static Map<String, String> asked(List<Tag> tags) {
        Map<String, String> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : tags) {
            if (tag.key() == null || tag.value() == null) {
                throw StsErrors.invalid("A tag has a key and a value");
            }
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw StsErrors.parameter("Tag keys that begin with aws: are reserved for system use");
            }
            if (asked.put(tag.key(), tag.value()) != null) {
                throw StsErrors.parameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        return asked;
    }

    /** The condition keys that a request with these tags has; names in lower case. */
    void addKeysTo(Map<String, List<String>> keys) {
        asked.forEach((key, value) -> keys.put("aws:requesttag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
        if (!asked.isEmpty()) {
            keys.put("aws:tagkeys", List.copyOf(asked.keySet()));
        }
        if (!transitive.isEmpty()) {
            keys.put("sts:transitivetagkeys", transitive);
        }
    }
}
