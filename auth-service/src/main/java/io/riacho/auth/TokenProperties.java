package io.riacho.auth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tokens are issued and taken.
 *
 * @param issuer the URL that clients of OAuth2 know this server by; by default that of its own address and port
 * @param audience who access tokens are for
 * @param accessTokenLifetime between a minute and a day
 * @param refreshTokenLifetime how long after signing in a user's program may ask for new tokens
 * @param rootSignIn whether the root may sign in at the page for users, with its access key
 * @param oidcIssuers identity providers whose tokens {@code AssumeRoleWithWebIdentity} takes. They may be in a private
 *     network and go without TLS, unlike those that are added by IAM's API
 */
@ConfigurationProperties("riacho.auth")
public record TokenProperties(
        @Nullable URI issuer,
        @DefaultValue("riacho") String audience,
        @DefaultValue("15m") Duration accessTokenLifetime,
        @DefaultValue("12h") Duration refreshTokenLifetime,
        @DefaultValue("true") boolean rootSignIn,
        @DefaultValue List<OidcIssuer> oidcIssuers) {

    public TokenProperties {
        if (accessTokenLifetime.compareTo(Duration.ofMinutes(1)) < 0
                || accessTokenLifetime.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("riacho.auth.access-token-lifetime has to be between 1m and 1d");
        }
        if (refreshTokenLifetime.compareTo(accessTokenLifetime) < 0) {
            throw new IllegalArgumentException(
                    "riacho.auth.refresh-token-lifetime has to be no less than the access token's");
        }
        oidcIssuers = List.copyOf(oidcIssuers);
    }

    /**
     * An identity provider.
     *
     * @param issuer the {@code iss} of its tokens
     * @param audiences one of these is a token's {@code aud}
     */
    public record OidcIssuer(URI issuer, List<String> audiences) {

        public OidcIssuer {
            if (audiences.isEmpty()) {
                throw new IllegalArgumentException("riacho.auth.oidc-issuers: " + issuer + " needs an audience");
            }
            audiences = List.copyOf(audiences);
        }
    }
}
