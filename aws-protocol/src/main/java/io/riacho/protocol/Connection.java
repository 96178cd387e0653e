package io.riacho.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How a request came here.
 *
 * @param sourceIp the peer's address
 * @param secure whether it came over TLS
 * @param endpoint the private endpoint that it came through; null for the public one
 */
public record Connection(
        String sourceIp,
        boolean secure,
        @Nullable String userAgent,
        @Nullable String referer,
        @Nullable PrivateEndpoint endpoint) {}
