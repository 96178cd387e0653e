package io.riacho.auth.webidentity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.riacho.auth.webidentity.WebIdentityException.Reason;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens (OpenID Connect Core 1.0, section 3.1.3.7) of our own server and of providers that are known here.
 * Safe for use by many threads.
 */
public final class WebIdentities implements AutoCloseable {

    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Asymmetric ones only: with any other, the published key would be the secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcProviders providers;
    private final @Nullable OwnTokens ownTokens;
    private final ProviderKeys keys;
    private final InstantSource clock;

    public WebIdentities(OidcProviders providers, @Nullable OwnTokens ownTokens, InstantSource clock) {
        this(providers, ownTokens, new ProviderKeys(ProviderClient.guarded(), ProviderClient.trusting()), clock);
    }

    WebIdentities(OidcProviders providers, @Nullable OwnTokens ownTokens, ProviderKeys keys, InstantSource clock) {
        this.providers = providers;
        this.ownTokens = ownTokens;
        this.keys = keys;
        this.clock = clock;
    }

    public WebIdentity verify(String token) throws WebIdentityException {
        SignedJWT jwt;
        String issuer;
        try {
            jwt = SignedJWT.parse(token);
            issuer = jwt.getJWTClaimsSet().getIssuer();
        } catch (ParseException e) {
            throw invalid();
        }
        if (issuer == null) {
            throw new WebIdentityException(Reason.INVALID, "Missing a required claim: iss");
        }
        if (ownTokens != null && issuer.equals(ownTokens.issuer())) {
            return ownTokens.verify(token).orElseThrow(WebIdentities::invalid);
        }
        OidcProvider provider = providers
                .find(issuer)
                .orElseThrow(() -> new WebIdentityException(
                        Reason.INVALID, "No OpenIDConnect provider found in your account for " + issuer));
        return check(provider, verified(provider, jwt));
    }

    private JWTClaimsSet verified(OidcProvider provider, SignedJWT jwt) throws WebIdentityException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        // The claims are checked below, each with an error of its own.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        try {
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.of(provider)));
            return processor.process(jwt, null);
        } catch (IOException | KeySourceException e) {
            throw new WebIdentityException(
                    Reason.UNREACHABLE, "Couldn't retrieve verification key from your identity provider");
        } catch (BadJOSEException | JOSEException e) {
            throw invalid();
        }
    }

    private WebIdentity check(OidcProvider provider, JWTClaimsSet claims) throws WebIdentityException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw new WebIdentityException(Reason.INVALID, "Missing a required claim: exp");
        }
        if (!now.isBefore(expires.toInstant().plus(SKEW))) {
            throw new WebIdentityException(
                    Reason.EXPIRED, "Token expired: current date/time must be before the" + " expiration date/time");
        }
        if (isAfter(claims.getNotBeforeTime(), now) || isAfter(claims.getIssueTime(), now)) {
            throw new WebIdentityException(Reason.INVALID, "The token is not valid yet");
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty()) {
            throw new WebIdentityException(Reason.INVALID, "Missing a required claim: sub");
        }
        Optional<String> audience = claims.getAudience().stream()
                .filter(provider.audiences()::contains)
                .findFirst();
        if (audience.isEmpty()) {
            throw new WebIdentityException(Reason.WRONG_AUDIENCE, "Incorrect token audience");
        }
        if (claims.getClaim("https://aws.amazon.com/tags") != null
                || claims.getClaim("https://aws.amazon.com/source_identity") != null) {
            throw new WebIdentityException(
                    Reason.INVALID, "Session tags and source identity in a token are not supported");
        }
        return new WebIdentity(provider.arn(), provider.issuer(), subject, audience.get());
    }

    private static boolean isAfter(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(SKEW));
    }

    private static WebIdentityException invalid() {
        return new WebIdentityException(
                Reason.INVALID,
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    @Override
    public void close() throws IOException {
        keys.close();
    }
}
