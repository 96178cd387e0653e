package io.riacho.protocol.server;

import java.io.IOException;

/**
 * The body is not in the form that HTTP gives it, such as in chunks that are none. The servlet container has refused the
 * request already, with the status 400 and the end of the connection, and takes no other answer.
 */
public final class MalformedBodyException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedBodyException(IOException cause) {
        super("the body is not well-formed", cause);
    }
}
