package io.riacho.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * A signed HTTP request, ready to be sent, as often as wanted within the five minutes that its signature is valid.
 *
 * @param records how many records it writes; 0 where it writes none
 */
public record Request(ByteBuffer bytes, int records) {

    /** A view of the bytes with a position of its own. */
    ByteBuffer toSend() {
        return bytes.duplicate();
    }
}
