package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.server.MalformedBodyException;
import io.riacho.protocol.server.RequestAuthentication;
import io.riacho.protocol.server.RequestAuthentication.Authenticated;
import io.riacho.protocol.server.RequestLog;
import io.riacho.protocol.server.RequestSpans;
import io.riacho.tracing.LogFields;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
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
import org.slf4j.MDC;
import org.springframework.web.servlet.HandlerMapping;

/** Authenticates requests to {@link RestApi}s before anything else is done with them. */
final class RestFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    /** Set by the servlet container where a client has shown a certificate that is good. */
    private static final String CLIENT_CERTIFICATE = "jakarta.servlet.request.X509Certificate";

    private static final Logger LOG = LoggerFactory.getLogger(RestFilter.class);

    private final transient List<RestApi> apis;
    private final transient RequestAuthentication authentication;
    private final transient Tracing tracing;

    RestFilter(List<RestApi> apis, RequestAuthentication authentication, Tracing tracing) {
        this.tracing = tracing;
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
        long start = System.nanoTime();
        MDC.put(LogFields.REQUEST_ID, requestId);
        OpenSpan span = RequestSpans.begin(tracing, request, requestId);
        try {
            answer(request, response, chain, requestId);
        } catch (IOException e) {
            span.refused("ClientWentAway");
            throw e;
        } catch (ServletException | RuntimeException e) {
            span.failed("InternalFailure");
            throw e;
        } finally {
            told(request, response, span, start);
            MDC.remove(LogFields.REQUEST_ID);
        }
    }

    /** A path is told by its pattern alone: what is in it may be long, or private. */
    private static void told(HttpServletRequest request, HttpServletResponse response, OpenSpan span, long start) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        String route = pattern == null ? null : pattern.toString();
        RequestContext context = RestRequests.context(request);
        String error = response.getHeader("x-amzn-ErrorType");
        if (error != null) {
            RequestSpans.failed(span, error, response.getStatus());
        }
        RequestLog.answered(
                request.getMethod() + ' ' + (route == null ? "-" : route), context, response.getStatus(), start);
        RequestSpans.end(span, request, route, context, response.getStatus());
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId)
            throws IOException, ServletException {
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
