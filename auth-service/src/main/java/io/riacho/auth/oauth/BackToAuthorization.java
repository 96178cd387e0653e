package io.riacho.auth.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/** After the sign-in: back to the authorization that asked for it, and to nowhere else, whatever a cookie says. */
final class BackToAuthorization implements AuthenticationSuccessHandler {

    static final String AUTHORIZE = "/oauth2/authorize";

    private final RequestCache requests;

    BackToAuthorization(RequestCache requests) {
        this.requests = requests;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        String query = query(requests.getRequest(request, response));
        requests.removeRequest(request, response);
        if (query == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "Nobody asked for this sign-in");
        } else {
            response.sendRedirect(AUTHORIZE + "?" + query);
        }
    }

    private static @Nullable String query(@Nullable SavedRequest saved) {
        if (saved == null) {
            return null;
        }
        try {
            URI asked = URI.create(saved.getRedirectUrl());
            return AUTHORIZE.equals(asked.getRawPath()) ? asked.getRawQuery() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
