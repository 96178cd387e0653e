package io.riacho.auth.oauth;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens, for clients without a secret, too: theirs end together, however often they are exchanged, so that a
 * browser's sign-in ends at last (RFC 9700, section 4.14.2).
 */
final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    private final InstantSource clock;

    RefreshTokens(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
            return null;
        }
        Instant now = clock.instant();
        Instant end = now.plus(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive());
        Instant first = isPublic(context) ? endOfOneBefore(context.getAuthorization()) : null;
        return new OAuth2RefreshToken(Secrets.make(), now, first == null ? end : first);
    }

    private static boolean isPublic(OAuth2TokenContext context) {
        return context.getRegisteredClient().getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE);
    }

    private static @Nullable Instant endOfOneBefore(@Nullable OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2RefreshToken> before =
                authorization == null ? null : authorization.getRefreshToken();
        return before == null ? null : before.getToken().getExpiresAt();
    }
}
