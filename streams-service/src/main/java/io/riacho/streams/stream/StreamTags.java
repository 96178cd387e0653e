package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tags a stream may have. */
public final class StreamTags {

    private static final int MOST = 50;
    private static final Pattern VALID = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_./=+\\-%@:]*");

    private StreamTags() {}

    /** The stream's tags with others added, those of the same key replaced. */
    public static Map<String, String> with(
            Map<String, String> tags, Map<String, String> added, String stream, String account) {
        check(added, stream, account);
        Map<String, String> all = new TreeMap<>(tags);
        all.putAll(added);
        checkCount(all, stream, account);
        return all;
    }

    public static Map<String, String> without(
            Map<String, String> tags, Collection<String> keys, String stream, String account) {
        checkCharacters(keys.stream(), "remove tags from", stream, account);
        Map<String, String> rest = new TreeMap<>(tags);
        rest.keySet().removeAll(new TreeSet<>(keys));
        return rest;
    }

    static void check(Map<String, String> tags, String stream, String account) {
        checkCharacters(Stream.concat(tags.keySet().stream(), tags.values().stream()), "add tags to", stream, account);
        checkCount(tags, stream, account);
        tags.keySet().stream()
                .filter(key -> key.regionMatches(true, 0, "aws:", 0, 4))
                .findFirst()
                .ifPresent(key -> {
                    throw KinesisErrors.invalidArgument("Failed to add tags to stream " + stream + " under account "
                            + account + " because the tag key " + key + " begins with aws:, which is reserved.");
                });
    }

    private static void checkCount(Map<String, String> tags, String stream, String account) {
        if (tags.size() > MOST) {
            throw KinesisErrors.invalidArgument("Failed to add tags to stream " + stream + " under account " + account
                    + " because a given stream cannot have more than " + MOST + " tags associated with it.");
        }
    }

    private static void checkCharacters(Stream<String> texts, String action, String stream, String account) {
        texts.forEach(text -> {
            if (!VALID.matcher(text).matches()) {
                throw KinesisErrors.invalidArgument("Some tags contain invalid characters."
                        + " Valid characters: Unicode letters, digits, white space, _ . / = + - % @.");
            }
            if (text.indexOf('%') >= 0) {
                throw KinesisErrors.invalidArgument("Failed to " + action + " stream " + stream + " under account "
                        + account + " because some tags contained illegal characters. The allowed characters are"
                        + " Unicode letters, white-spaces, '_',',','/','=','+','-','@'.");
            }
        });
    }
}
