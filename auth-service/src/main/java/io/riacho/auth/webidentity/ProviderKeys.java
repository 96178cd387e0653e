package io.riacho.auth.webidentity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys that providers sign with, found by OpenID Connect Discovery and remembered. A key that is not known is looked
 * for again, but not more than twice in half a minute. Safe for use by many threads.
 */
final class ProviderKeys implements AutoCloseable {

    private static final int MAX_PROVIDERS = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProviderClient guarded;
    private final ProviderClient trusting;
    private final Cache<OidcProvider, JWKSource<SecurityContext>> sources = Caffeine.newBuilder()
            .maximumSize(MAX_PROVIDERS)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    ProviderKeys(ProviderClient guarded, ProviderClient trusting) {
        this.guarded = guarded;
        this.trusting = trusting;
    }

    JWKSource<SecurityContext> of(OidcProvider provider) throws IOException {
        JWKSource<SecurityContext> known = sources.getIfPresent(provider);
        if (known != null) {
            return known;
        }
        URI issuer = uri(provider.issuer());
        ProviderClient client = provider.isOperators() ? trusting : guarded;
        URI keys = keysUri(client.fetch(discovery(issuer)), provider.issuer());
        boolean isSameHost = issuer.getHost() != null && issuer.getHost().equalsIgnoreCase(keys.getHost());
        JWKSource<SecurityContext> found = JWKSourceBuilder.create(
                        keys.toURL(), provider.isOperators() && isSameHost ? trusting : guarded)
                .cache(Duration.ofMinutes(5).toMillis(), Duration.ofSeconds(10).toMillis())
                .refreshAheadCache(false)
                .rateLimited(Duration.ofSeconds(30).toMillis())
                .build();
        sources.put(provider, found);
        return found;
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private static URI discovery(URI issuer) throws IOException {
        String base = issuer.toString();
        return uri((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/.well-known/openid-configuration");
    }

    private static URI keysUri(String document, String issuer) throws IOException {
        try {
            JsonNode root = JSON.readTree(document);
            if (!root.path("issuer").asString("").equals(issuer)) {
                throw new IOException("The discovery document is of another issuer");
            }
            URI keys = uri(root.path("jwks_uri").asString(""));
            if (keys.getHost() == null) {
                throw new IOException("The discovery document names no keys");
            }
            return keys;
        } catch (JacksonException e) {
            throw new IOException("The discovery document is not JSON", e);
        }
    }

    private static URI uri(String text) throws IOException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("Not a URL", e);
        }
    }

    @Override
    public void close() throws IOException {
        guarded.close();
        trusting.close();
    }
}
