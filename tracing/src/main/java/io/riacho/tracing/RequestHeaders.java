package io.riacho.tracing;

import java.util.Enumeration;

/** The headers of a request. */
@FunctionalInterface
public interface RequestHeaders {

    /** The values of a header, whatever its name's case; none where it is not sent. */
    Enumeration<String> of(String name);
}
