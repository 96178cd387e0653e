package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.server.MalformedBodyException;
import io.riacho.protocol.server.RequestAuthentication;
import io.riacho.protocol.server.RequestAuthentication.Authenticated;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authenticates requests to {@link RestApi}s before anything else is done with them. */
final class RestFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    /** Set by the servlet container where a client has shown a certificate that is good. */
    private static final String CLIENT_CERTIFICATE = "jakarta.servlet.request.X509Certificate";

    private static final Logger LOG = LoggerFactory.getLogger(RestFilter.class);

    private final transient List<RestApi> apis;
    private final transient RequestAuthentication authentication;

    RestFilter(List<RestApi> apis, RequestAuthentication authentication) {
        this.apis = List.copyOf(apis);
        this.authentication = authentication;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String requestId = RequestAuthentication.newRequestId();
        RestRequests.setId(request, requestId);
        response.setHeader("x-amzn-RequestId", requestId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            serve(request, response, chain, requestId);
        } catch (AwsException e) {
            if (response.isCommitted()) {
                throw new ServletException("failed after the answer was begun", e);
            }
            Problems.send(request, response, e);
        } catch (MalformedBodyException e) {
            LOG.debug("{}: refused by HTTP", requestId, e);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId)
            throws IOException, ServletException {
        checkPath(request.getRequestURI());
        RestApi api = find(request.getRequestURI());
        if (api == null) {
            throw RestErrors.notFound();
        }
        if (api.certified() && request.getAttribute(CLIENT_CERTIFICATE) == null) {
            throw RestErrors.noCertificate();
        }
        if (api.service() == null) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        try (Authenticated authenticated =
                authentication.authenticate(request, api.service(), api.telling(), requestId)) {
            RestRequests.set(request, authenticated.context(), new RestBody(authenticated));
            DecidedResponse guarded = new DecidedResponse(response, authenticated.context());
            chain.doFilter(new BodyRequest(request, authenticated), guarded);
            if (!response.isCommitted() && !guarded.mayBeSent()) {
                LOG.error("{} {} was answered though nobody decided on it", requestId, request.getRequestURI());
                response.reset();
                response.setHeader("x-amzn-RequestId", requestId);
                throw RestErrors.internalFailure();
            }
        }
    }

    private @Nullable RestApi find(String path) {
        RestApi found = null;
        int most = 0;
        for (RestApi api : apis) {
            int matched = api.matched(path);
            if (matched > most) {
                found = api;
                most = matched;
            }
        }
        return found;
    }

    /**
     * What is decided by the path has to be decided by the path that is served, so none is taken that could be read in
     * two ways.
     */
    private static void checkPath(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (path.indexOf(';') >= 0
                || path.indexOf('\\') >= 0
                || path.contains("//")
                || path.contains("/./")
                || path.contains("/../")
                || path.endsWith("/.")
                || path.endsWith("/..")
                || lower.contains("%2e")
                || lower.contains("%2f")
                || lower.contains("%5c")
                || lower.contains("%3b")
                || lower.contains("%00")) {
            throw RestErrors.badPath();
        }
    }
}
