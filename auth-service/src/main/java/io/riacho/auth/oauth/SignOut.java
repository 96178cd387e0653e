package io.riacho.auth.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Answers who revoked a token (RFC 7009). Where the browser that did it is signed in as the token's user, it is signed out:
 * else the next one at that browser would be let in without a password.
 */
final class SignOut implements AuthenticationSuccessHandler {

    private final Authorizations authorizations;

    SignOut(Authorizations authorizations) {
        this.authorizations = authorizations;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication revocation) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context
                && revocation instanceof OAuth2TokenRevocationAuthenticationToken revoked) {
            Authentication user = context.getAuthentication();
            OAuth2Authorization of = authorizations.findByToken(revoked.getToken(), null);
            if (user != null && of != null && of.getPrincipalName().equals(user.getName())) {
                session.invalidate();
            }
        }
        response.setStatus(HttpServletResponse.SC_OK);
    }
}
