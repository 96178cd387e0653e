package io.riacho.protocol.server;

import io.riacho.protocol.Connection;
import io.riacho.protocol.PrivateEndpoint;
import jakarta.servlet.http.HttpServletRequest;

/** Tells how a request came. Only the peer's own address counts: a header could name any. */
final class Connections {

    /** The request's attribute that holds the {@link PrivateEndpoint} it came through. */
    static final String ENDPOINT = PrivateEndpoint.ATTRIBUTE;

    private Connections() {}

    static Connection of(HttpServletRequest request) {
        return new Connection(
                request.getRemoteAddr(),
                request.isSecure(),
                request.getHeader("user-agent"),
                request.getHeader("referer"),
                (PrivateEndpoint) request.getAttribute(ENDPOINT));
    }
}
