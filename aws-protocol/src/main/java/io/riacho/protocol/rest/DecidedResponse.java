package io.riacho.protocol.rest;

import io.riacho.protocol.RequestContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** A last guard, as on AWS's wire: nothing but an error is sent before somebody decided that the request may be served. */
final class DecidedResponse extends HttpServletResponseWrapper {

    private static final int FIRST_ERROR = 400;

    private final RequestContext context;

    DecidedResponse(HttpServletResponse response, RequestContext context) {
        super(response);
        this.context = context;
    }

    boolean mayBeSent() {
        return context.isDecided() || getStatus() >= FIRST_ERROR;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        check();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        check();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        check();
        super.flushBuffer();
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        check();
        super.sendRedirect(location);
    }

    private void check() {
        if (!mayBeSent()) {
            throw new IllegalStateException("nobody decided whether this request may be served");
        }
    }
}
