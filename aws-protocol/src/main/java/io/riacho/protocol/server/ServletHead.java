package io.riacho.protocol.server;

import io.riacho.protocol.signature.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's head as the servlet container gives it. */
final class ServletHead implements RequestHead {

    private final HttpServletRequest request;

    ServletHead(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
        String value = request.getHeader(name);
        return value == null && isHost(name) ? authority() : value;
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (!values.hasMoreElements()) {
            return isHost(name) ? List.of(authority()) : List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>();
        all.add(first);
        while (values.hasMoreElements()) {
            all.add(values.nextElement());
        }
        return all;
    }

    /** HTTP/2 has no Host header but an authority; some clients sign it under the old name, JavaScript's under its own. */
    private static boolean isHost(String name) {
        return name.equalsIgnoreCase("host") || name.equals(":authority");
    }

    private String authority() {
        int port = request.getServerPort();
        int usual = request.isSecure() ? 443 : 80;
        return port == usual ? request.getServerName() : request.getServerName() + ':' + port;
    }
}
