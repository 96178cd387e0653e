package io.riacho.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** An HTTP/1.1 answer that comes in chunks for as long as the server likes. Each piece is given on at once. Not thread-safe. */
final class ChunkedAnswer {

    private final Consumer<ByteBuffer> body;
    private final StringBuilder line = new StringBuilder();
    private boolean headersRead;
    private boolean first = true;
    private boolean complete;
    private int left;

    ChunkedAnswer(Consumer<ByteBuffer> body) {
        this.body = body;
    }

    boolean isComplete() {
        return complete;
    }

    void feed(ByteBuffer received) {
        while (received.hasRemaining() && !complete) {
            if (left > 0) {
                int length = Math.min(left, received.remaining());
                ByteBuffer piece = received.slice(received.position(), length);
                received.position(received.position() + length);
                left -= length;
                body.accept(piece);
            } else {
                character((char) received.get());
            }
        }
    }

    private void character(char next) {
        if (next != '\n') {
            line.append(next);
            return;
        }
        String text = line.toString().strip();
        line.setLength(0);
        if (headersRead) {
            if (!text.isEmpty()) {
                left = Integer.parseInt(text, 16);
                complete = left == 0;
            }
        } else if (first) {
            first = false;
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("The server answered " + text);
            }
        } else {
            headersRead = text.isEmpty();
        }
    }
}
