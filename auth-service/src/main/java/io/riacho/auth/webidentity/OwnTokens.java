package io.riacho.auth.webidentity;

import java.util.Optional;

/** The tokens that this server issues itself; they are verified without a way over the network. */
public interface OwnTokens {

    String issuer();

    /** Empty where the token is not one of ours, expired, revoked or tampered with. */
    Optional<WebIdentity> verify(String token);
}
