package io.riacho.analytics.second;

import io.riacho.analytics.error.AnalyticsErrors;
import org.jspecify.annotations.Nullable;

/** Tokens of pages: where the next one begins. */
final class Offsets {

    private Offsets() {}

    static int of(@Nullable String token) {
        if (token == null) {
            return 0;
        }
        try {
            int offset = Integer.parseInt(token);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw AnalyticsErrors.invalidArgument("NextToken is not valid.");
    }

    /** @param found how many there were, which may be one more than the page has */
    static @Nullable String next(int offset, int limit, int found) {
        return found > limit ? Integer.toString(offset + limit) : null;
    }
}
