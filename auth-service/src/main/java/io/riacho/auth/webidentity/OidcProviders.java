package io.riacho.auth.webidentity;

import java.util.Optional;

/** Knows providers. Safe for use by many threads. */
@FunctionalInterface
public interface OidcProviders {

    Optional<OidcProvider> find(String issuer);
}
