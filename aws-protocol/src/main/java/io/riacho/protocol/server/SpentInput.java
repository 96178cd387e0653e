package io.riacho.protocol.server;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.InputBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what Tomcat has read an HTTP/2 request's body into: twice the stream's window, 128 KiB, which it keeps until
 * the request is answered. An answer that goes on for minutes has no use for them, and Tomcat no way to give them back,
 * so its fields are emptied. Where Tomcat has other fields, its memory is left as it is.
 */
final class SpentInput {

    private static final Logger LOG = LoggerFactory.getLogger(SpentInput.class);
    private static final @Nullable SpentInput TOMCAT = find();

    private final VarHandle request;
    private final Class<?> input;
    private final VarHandle incoming;
    private final VarHandle outgoing;

    private SpentInput() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        request = MethodHandles.privateLookupIn(RequestFacade.class, lookup)
                .findVarHandle(RequestFacade.class, "request", Request.class);
        input = Class.forName("org.apache.coyote.http2.Stream$StandardStreamInputBuffer");
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(input, lookup);
        incoming = inside.findVarHandle(input, "inBuffer", ByteBuffer.class);
        outgoing = inside.findVarHandle(input, "outBuffer", byte[].class);
    }

    /** @param from whose body was read to its end */
    static void release(ServletRequest from) {
        ServletRequest inner = from;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        if (TOMCAT != null && inner instanceof RequestFacade facade) {
            TOMCAT.empty((Request) TOMCAT.request.get(facade));
        }
    }

    private void empty(Request tomcat) {
        InputBuffer buffer = tomcat.getCoyoteRequest().getInputBuffer();
        if (input.isInstance(buffer)) {
            // Not null: Tomcat locks what it finds here when the client resets the stream.
            incoming.setVolatile(buffer, ByteBuffer.allocate(0));
            outgoing.setVolatile(buffer, new byte[0]);
        }
    }

    private static @Nullable SpentInput find() {
        try {
            return new SpentInput();
        } catch (ReflectiveOperationException e) {
            LOG.warn("Subscriptions over HTTP/2 take 128 KiB more each: this Tomcat is built otherwise", e);
            return null;
        }
    }
}
