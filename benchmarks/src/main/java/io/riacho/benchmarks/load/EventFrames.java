package io.riacho.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into messages of {@code application/vnd.amazon.eventstream}. Checksums are not looked at. Not
 * thread-safe.
 */
final class EventFrames {

    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;

    private final Sink sink;
    private byte[] bytes = new byte[1 << 16];
    private int size;

    EventFrames(Sink sink) {
        this.sink = sink;
    }

    /** Takes one message: the type of its event, or of its exception, and its payload. */
    interface Sink {
        void message(String type, byte[] array, int from, int to);
    }

    void feed(ByteBuffer received) {
        int length = received.remaining();
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
        }
        received.get(bytes, size, length);
        size += length;
        int position = 0;
        ByteBuffer view = ByteBuffer.wrap(bytes);
        while (size - position >= PRELUDE && size - position >= view.getInt(position)) {
            int end = position + view.getInt(position);
            int payload = position + PRELUDE + view.getInt(position + 4);
            sink.message(type(view, position + PRELUDE, payload), bytes, payload, end - CHECKSUM);
            position = end;
        }
        System.arraycopy(bytes, position, bytes, 0, size - position);
        size -= position;
    }

    private static String type(ByteBuffer view, int from, int to) {
        int position = from;
        String type = "";
        while (position < to) {
            int nameLength = view.get(position);
            String name = text(view, position + 1, nameLength);
            int valueLength = view.getShort(position + nameLength + 2);
            if (name.equals(":event-type") || name.equals(":exception-type") || name.equals(":error-code")) {
                type = text(view, position + nameLength + 4, valueLength);
            }
            position += nameLength + 4 + valueLength;
        }
        return type;
    }

    private static String text(ByteBuffer view, int from, int length) {
        return new String(view.array(), from, length, UTF_8);
    }
}
