package io.riacho.auth.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.riacho.auth.webidentity.OidcProvider;
import io.riacho.auth.webidentity.OwnTokens;
import io.riacho.auth.webidentity.WebIdentity;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies access tokens: signed by a key of ours with ES256 and nothing else, of type {@code at+jwt}, from this issuer,
 * for this audience, within their time. What a token's owner may do is asked anew for each request. Safe for
 * use by many threads.
 */
public final class AccessTokens implements BearerTokens, OwnTokens {

    private static final Duration SKEW = Duration.ofSeconds(30);

    private final OAuthSettings settings;
    private final TokenOwners owners;
    private final String accountId;
    private final InstantSource clock;
    private final NimbusJwtDecoder decoder;

    /** Tokens whose signature was verified, which never changes. */
    private final Cache<String, AccessToken> verified = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();

    AccessTokens(
            JWKSource<SecurityContext> keys,
            OAuthSettings settings,
            TokenOwners owners,
            String accountId,
            InstantSource clock) {
        this.settings = settings;
        this.owners = owners;
        this.accountId = accountId;
        this.clock = clock;
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TokenContents.TYPE)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        // Times and names are checked below, each time that a token is shown.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        this.decoder.setJwtValidator(_ -> OAuth2TokenValidatorResult.success());
    }

    /** What a verified token says. */
    record AccessToken(
            String id,
            String subject,
            String clientId,
            String grantId,
            @Nullable String userName,
            Instant issuedAt,
            Instant notBefore,
            Instant expiresAt) {}

    @Override
    public Optional<Caller> find(String token) {
        return verified(token).flatMap(owners::of);
    }

    @Override
    public String issuer() {
        return settings.issuer();
    }

    @Override
    public Optional<WebIdentity> verify(String token) {
        return verified(token)
                .filter(found -> owners.of(found).isPresent())
                .map(found -> new WebIdentity(
                        OidcProvider.arnOf(accountId, settings.issuer()),
                        settings.issuer(),
                        found.subject(),
                        settings.audience()));
    }

    private Optional<AccessToken> verified(String token) {
        AccessToken known = verified.getIfPresent(token);
        AccessToken read = known != null ? known : read(token);
        if (read == null) {
            return Optional.empty();
        }
        verified.put(token, read);
        Instant now = clock.instant();
        boolean isInTime = now.isBefore(read.expiresAt().plus(SKEW))
                && !now.isBefore(read.notBefore().minus(SKEW));
        return isInTime ? Optional.of(read) : Optional.empty();
    }

    private @Nullable AccessToken read(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            String issuer = jwt.getClaimAsString("iss");
            List<String> audience = jwt.getAudience();
            Instant issuedAt = jwt.getIssuedAt();
            Instant expiresAt = jwt.getExpiresAt();
            String clientId = jwt.getClaimAsString(TokenContents.CLIENT);
            if (!settings.issuer().equals(issuer)
                    || audience == null
                    || !audience.contains(settings.audience())
                    || jwt.getId() == null
                    || jwt.getSubject() == null
                    || clientId == null
                    || issuedAt == null
                    || expiresAt == null) {
                return null;
            }
            Instant notBefore = jwt.getNotBefore();
            return new AccessToken(
                    jwt.getId(),
                    jwt.getSubject(),
                    clientId,
                    Objects.requireNonNullElse(jwt.getClaimAsString(TokenContents.GRANT), ""),
                    jwt.getClaimAsString(TokenContents.USER),
                    issuedAt,
                    notBefore == null ? issuedAt : notBefore,
                    expiresAt);
        } catch (JwtException | IllegalArgumentException e) {
            return null;
        }
    }
}
