package io.riacho.protocol.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The client did not send its body to the end, so nobody is there to be answered. */
final class BodyBrokenOffException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyBrokenOffException(String message, @Nullable IOException cause) {
        super(message, cause);
    }
}
