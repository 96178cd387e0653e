package io.riacho.auth.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets clients without a secret exchange and revoke their refresh tokens, by naming themselves. What proves them is the
 * token, which is bound to the client, good once, and ends everything where it comes a second time (RFC 9700, section
 * 4.14.2). The code before it is proven by its verifier, which Spring's own provider sees to.
 */
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    static final String TOKEN = "/oauth2/token";
    static final String REVOKE = "/oauth2/revoke";

    private final RegisteredClientRepository clients;

    PublicClients(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    /** A client that named itself and shows a refresh token, or one to revoke. */
    private static final class Named extends OAuth2ClientAuthenticationToken {

        private static final long serialVersionUID = 1L;

        Named(String clientId) {
            super(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
        }
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        boolean isOurs = request.getMethod().equals("POST")
                && (request.getRequestURI().equals(REVOKE)
                        || (request.getRequestURI().equals(TOKEN)
                                && AuthorizationGrantType.REFRESH_TOKEN
                                        .getValue()
                                        .equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))));
        if (!isOurs
                || request.getHeader("authorization") != null
                || request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null) {
            return null;
        }
        String[] ids = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
        if (ids == null) {
            return null;
        }
        if (ids.length != 1 || ids[0].isEmpty()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new Named(ids[0]);
    }

    @Override
    public Authentication authenticate(Authentication given) {
        RegisteredClient client = clients.findByClientId(String.valueOf(given.getPrincipal()));
        if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return Named.class.isAssignableFrom(kind);
    }
}
