package io.riacho.auth.oauth;

import io.riacho.auth.limit.AttemptLimits;
import io.riacho.console.Console;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 429 to who tries too often, before anything is looked up. */
final class AttemptFilter extends OncePerRequestFilter {

    private static final int LONGEST_BODY = 64 * 1024;

    private final AttemptLimits limits;

    AttemptFilter(AttemptLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LONGEST_BODY) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        long seconds = seconds(request);
        if (seconds > 0) {
            response.setHeader("Retry-After", Long.toString(seconds));
            response.setStatus(429);
            response.setContentType("application/json");
            response.getOutputStream()
                    .write("{\"error\":\"temporarily_unavailable\"}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        chain.doFilter(request, response);
    }

    private long seconds(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        boolean isPost = request.getMethod().equals("POST");
        if (request.getRequestURI().equals(SignInPage.PATH)) {
            if (!isPost) {
                return limits.perAddress().take(address);
            }
            long byAddress = limits.signInPerAddress().take(address);
            String user = request.getParameter("username");
            return byAddress > 0 || user == null
                    ? byAddress
                    : limits.signInPerUser().take(user);
        }
        long byAddress = limits.perAddress().take(address);
        // All who use the console share its name, and it has no secret that somebody could guess.
        String client = isPost ? client(request) : null;
        return byAddress > 0 || client == null || client.equals(Console.CLIENT_ID)
                ? byAddress
                : limits.perClient().take(client);
    }

    private static @Nullable String client(HttpServletRequest request) {
        String authorization = request.getHeader("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(
                        Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return colon < 0 ? pair : pair.substring(0, colon);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return request.getParameter("client_id");
    }
}
