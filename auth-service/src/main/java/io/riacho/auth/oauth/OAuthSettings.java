package io.riacho.auth.oauth;

import java.time.Duration;

/**
 * How tokens are issued.
 *
 * @param issuer the URL that clients know this server by
 * @param audience who access tokens are for
 * @param accessTokenLifetime how long an access token is good
 * @param refreshTokenLifetime how long a sign-in can be drawn out
 * @param rootSignIn whether the root may sign in with its access key
 */
public record OAuthSettings(
        String issuer,
        String audience,
        Duration accessTokenLifetime,
        Duration refreshTokenLifetime,
        boolean rootSignIn) {}
