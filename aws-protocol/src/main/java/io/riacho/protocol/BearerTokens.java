package io.riacho.protocol;

import java.util.Optional;

/** Where OAuth2 access tokens (RFC 6750) are verified: the seam to whoever issued them. Safe for use by many threads. */
@FunctionalInterface
public interface BearerTokens {

    /** The token's owner, or empty where the token is not one of ours, expired, revoked or tampered with. */
    Optional<Caller> find(String token);
}
