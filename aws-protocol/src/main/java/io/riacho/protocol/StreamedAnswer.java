package io.riacho.protocol;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A body that is written for as long as its reader stays, such as the events of SubscribeToShard. By then the operation
 * has returned and its request is given back, so it holds nothing but itself while it waits.
 */
@FunctionalInterface
public interface StreamedAnswer {

    /**
     * Writes the body by the request's own thread, a virtual one. Called once, and always, after
     * {@link WireResponse#stream}.
     *
     * @param out blocks while the reader does not read; what is to be seen at once has to be flushed
     * @throws IOException where the reader went away
     */
    void run(OutputStream out) throws IOException;
}
