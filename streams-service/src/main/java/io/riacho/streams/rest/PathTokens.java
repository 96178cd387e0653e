package io.riacho.streams.rest;

import org.jspecify.annotations.Nullable;

/** Iterators and page tokens are Base64; in paths and queries they are written in its alphabet for URLs (RFC 4648, section 5). */
final class PathTokens {

    private PathTokens() {}

    static @Nullable String toPath(@Nullable String token) {
        if (token == null) {
            return null;
        }
        int end = token.length();
        while (end > 0 && token.charAt(end - 1) == '=') {
            end--;
        }
        return token.substring(0, end).replace('+', '-').replace('/', '_');
    }

    static String fromPath(String token) {
        return token.replace('-', '+').replace('_', '/') + "=".repeat((4 - token.length() % 4) % 4);
    }
}
