package io.riacho.auth.kms.api;

import io.riacho.auth.kms.error.KmsErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a listing goes on: the last item that was answered. A marker gives nobody access to anything. */
final class Markers {

    private Markers() {}

    /** Empty, which is before everything, where there is no marker. */
    static String open(@Nullable String marker) {
        if (marker == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw KmsErrors.invalidMarker();
        }
    }

    static @Nullable UUID openUuid(@Nullable String marker) {
        if (marker == null) {
            return null;
        }
        try {
            return UUID.fromString(open(marker));
        } catch (IllegalArgumentException _) {
            throw KmsErrors.invalidMarker();
        }
    }

    static int limit(@Nullable Integer asked, int byDefault, int max) {
        int limit = asked == null ? byDefault : asked;
        if (limit > max) {
            throw KmsErrors.validation("1 validation error detected: Value '" + limit
                    + "' at 'limit' failed to satisfy constraint: Member must have value less than or equal to " + max);
        }
        return limit;
    }

    /** @param items one more than {@code limit} where there are more */
    static <T> Page<T> page(List<T> items, int limit, Function<T, String> position) {
        if (items.size() <= limit) {
            return new Page<>(items, null);
        }
        List<T> shown = items.subList(0, limit);
        String last = position.apply(shown.getLast());
        return new Page<>(
                shown, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param next null on the last page */
    record Page<T>(List<T> items, @Nullable String next) {

        boolean isTruncated() {
            return next != null;
        }
    }
}
