package io.riacho.auth.oauth;

import io.riacho.console.Console;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/**
 * Where users may be sent back to. A program on the user's machine may listen on any port of 127.0.0.1 (RFC 8252, section
 * 7.3); the console is on one, and whatever listens on another is not it. It may be opened as {@code localhost}, too, which
 * is refused to others.
 */
final class ExactRedirects implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private static final Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> OF_PROGRAMS =
            OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR;

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        if (!context.getRegisteredClient().getClientId().equals(Console.CLIENT_ID)) {
            OF_PROGRAMS.accept(context);
            return;
        }
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = context.getAuthentication();
        String uri = asked.getRedirectUri();
        if (uri == null || !context.getRegisteredClient().getRedirectUris().contains(uri)) {
            // Without the request, so that nobody is sent to that address with the error.
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_REQUEST,
                            "The console is not at this address: see riacho.console.origins",
                            null),
                    null);
        }
    }
}
