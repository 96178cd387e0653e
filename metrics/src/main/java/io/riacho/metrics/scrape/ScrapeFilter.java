package io.riacho.metrics.scrape;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.Permission;
import io.riacho.protocol.rest.Problems;
import io.riacho.protocol.server.MalformedBodyException;
import io.riacho.protocol.server.RequestAuthentication;
import io.riacho.protocol.server.RequestAuthentication.Authenticated;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Keeps the server's own endpoints for those who may read metrics, with a bearer token or a signature for
 * {@code monitoring}. Only its health is for everybody.
 */
public final class ScrapeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String SERVICE = "monitoring";
    private static final String ACTION = "cloudwatch:GetMetricData";

    private final transient RequestAuthentication authentication;
    private final transient Set<String> health;
    private final String prometheus;
    private final boolean openOnLoopback;

    /**
     * @param basePath of all endpoints, such as {@code /actuator}
     * @param openOnLoopback whether Prometheus may read without credentials where it runs on this machine
     */
    public ScrapeFilter(RequestAuthentication authentication, String basePath, boolean openOnLoopback) {
        this.authentication = authentication;
        this.health = Set.of(basePath + "/health", basePath + "/health/liveness", basePath + "/health/readiness");
        this.prometheus = basePath + "/prometheus";
        this.openOnLoopback = openOnLoopback;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Compared as it was sent: what could be read in another way is not open.
        String path = request.getRequestURI();
        boolean open = health.contains(path)
                || (openOnLoopback && path.equals(prometheus) && isLoopback(request.getRemoteAddr()));
        if (open) {
            chain.doFilter(request, response);
            return;
        }
        String requestId = RequestAuthentication.newRequestId();
        response.setHeader("x-amzn-RequestId", requestId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        try (Authenticated authenticated = authentication.authenticate(request, SERVICE, Set.of(), requestId)) {
            var context = authenticated.context();
            context.require(Permission.of(ACTION, "*", context.accountId()));
        } catch (AwsException e) {
            Problems.send(request, response, e, requestId);
            return;
        } catch (MalformedBodyException e) {
            // The servlet container has refused it already.
            return;
        }
        chain.doFilter(request, response);
    }

    /** @param address of the peer, in digits */
    private static boolean isLoopback(String address) throws UnknownHostException {
        return InetAddress.getByName(address).isLoopbackAddress();
    }
}
