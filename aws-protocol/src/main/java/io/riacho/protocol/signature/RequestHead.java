package io.riacho.protocol.signature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without its body. Texts hold one byte of the wire in each char, as ISO 8859-1 does, so that what was signed is seen unchanged. */
public interface RequestHead {

    String method();

    /** The path as it was sent, still encoded. */
    String path();

    /** The query as it was sent, still encoded and without its question mark. */
    @Nullable
    String query();

    /** The first header of that name, in any case. */
    @Nullable
    String header(String name);

    /** All headers of that name, in the order in which they were sent. */
    List<String> headers(String name);
}
