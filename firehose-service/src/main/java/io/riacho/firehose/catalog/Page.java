package io.riacho.firehose.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is ordered by name.
 *
 * @param next after which name it goes on; null where this is the end
 */
record Page<T>(List<T> items, @Nullable String next) {

    /** Less than AWS's 100, because a definition may be large; who wants more asks for the next page. */
    private static final int MOST = 20;

    /** @param found one more than asked for, where there are more */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> name) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, name.apply(items.getLast()));
    }

    static int limit(@Nullable Integer asked) {
        return asked == null ? MOST : Math.min(asked, MOST);
    }

    @Nullable
    String token() {
        return next == null
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8));
    }

    /** What comes after nothing where no token is given. */
    static String after(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CatalogErrors.invalid("The NextToken is none of this list.");
        }
    }
}
