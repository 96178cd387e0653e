package io.riacho.auth.iam;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list in the order of its keys.
 *
 * @param marker where the next part begins; null where there is none
 */
public record Page<T>(List<T> items, @Nullable String marker) {

    private static final int DEFAULT_ITEMS = 100;
    private static final int MAX_ITEMS = 1000;
    private static final int MAX_MARKER = 4096;

    /** Says with which version of the marker's form it was made. */
    private static final String FORM = "1:";

    public boolean isTruncated() {
        return marker != null;
    }

    public <R> List<R> map(Function<T, R> shape) {
        return items.stream().map(shape).toList();
    }

    /**
     * Which part is asked for.
     *
     * @param after the key after which it begins; empty for the first
     */
    public record Request(String after, int maxItems) {

        /** @throws io.riacho.protocol.AwsException ValidationError where the marker is none of ours */
        public static Request of(@Nullable String marker, @Nullable Integer maxItems) {
            int items = maxItems == null ? DEFAULT_ITEMS : Math.clamp(maxItems, 1, MAX_ITEMS);
            return new Request(marker == null ? "" : open(marker), items);
        }

        /** How many to read: one more tells whether there are more. */
        public int limit() {
            return maxItems + 1;
        }

        /** @param found at most {@link #limit} */
        public <T> Page<T> page(List<T> found, Function<T, String> key) {
            if (found.size() <= maxItems) {
                return new Page<>(found, null);
            }
            List<T> items = found.subList(0, maxItems);
            return new Page<>(items, seal(key.apply(items.getLast())));
        }

        /** The part of a whole list, which has the order of its keys. */
        public <T> Page<T> pageOf(List<T> all, Function<T, String> key) {
            return page(
                    all.stream()
                            .filter(item -> key.apply(item).compareTo(after) > 0)
                            .limit(limit())
                            .toList(),
                    key);
        }

        private static String seal(String key) {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((FORM + key).getBytes(StandardCharsets.UTF_8));
        }

        private static String open(String marker) {
            try {
                if (marker.length() <= MAX_MARKER) {
                    String text = StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(java.nio.ByteBuffer.wrap(
                                    Base64.getUrlDecoder().decode(marker)))
                            .toString();
                    if (text.startsWith(FORM) && text.indexOf('\0') < 0) {
                        return text.substring(FORM.length());
                    }
                }
            } catch (IllegalArgumentException | CharacterCodingException _) {
                // Not one of ours, as below.
            }
            throw IamErrors.validation("Invalid Marker.");
        }
    }
}
