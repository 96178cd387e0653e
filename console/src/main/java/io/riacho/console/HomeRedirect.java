package io.riacho.console;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Leads browsers from {@code /} to the console. All of AWS's APIs are at {@code /}, too, but none of them takes a GET that
 * has neither a query nor credentials.
 */
final class HomeRedirect implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && isBrowser(http)) {
            ((HttpServletResponse) response).sendRedirect("/console/");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isBrowser(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")
                || request.getQueryString() != null
                || request.getHeader("authorization") != null
                || request.getHeader("x-amz-target") != null) {
            return false;
        }
        String accept = request.getHeader("accept");
        return accept != null && accept.contains("text/html");
    }
}
