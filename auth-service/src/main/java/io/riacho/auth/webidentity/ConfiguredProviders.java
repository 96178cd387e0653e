package io.riacho.auth.webidentity;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers that the operator named; they come before those of {@code others}. */
public final class ConfiguredProviders implements OidcProviders {

    private final Map<String, OidcProvider> byIssuer;
    private final OidcProviders others;

    public ConfiguredProviders(Collection<OidcProvider> providers, OidcProviders others) {
        this.byIssuer = providers.stream().collect(Collectors.toMap(OidcProvider::issuer, Function.identity()));
        this.others = others;
    }

    @Override
    public Optional<OidcProvider> find(String issuer) {
        OidcProvider configured = byIssuer.get(issuer);
        return configured != null ? Optional.of(configured) : others.find(issuer);
    }
}
