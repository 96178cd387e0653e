package io.riacho.protocol.rest;

import io.riacho.protocol.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What the filter leaves with a request. */
final class RestRequests {

    private static final String ID = RestRequests.class.getName() + ".id";
    private static final String CONTEXT = RequestContext.class.getName();
    private static final String BODY = RestBody.class.getName();

    private RestRequests() {}

    static void setId(HttpServletRequest request, String id) {
        request.setAttribute(ID, id);
    }

    /** Whether the request came through the filter. */
    static boolean isRest(HttpServletRequest request) {
        return request.getAttribute(ID) != null;
    }

    static String id(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ID));
    }

    static void set(HttpServletRequest request, RequestContext context, RestBody body) {
        request.setAttribute(CONTEXT, context);
        request.setAttribute(BODY, body);
    }

    /** Null where nobody had to prove who asks. */
    static @Nullable RequestContext context(HttpServletRequest request) {
        return (RequestContext) request.getAttribute(CONTEXT);
    }

    static @Nullable RestBody body(HttpServletRequest request) {
        return (RestBody) request.getAttribute(BODY);
    }
}
