package io.riacho.streams.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Reads {@code application/vnd.amazon.eventstream} with AWS's own decoder, which checks the checksums. */
final class EventStreamReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final CBORMapper CBOR = CBORMapper.builder().build();
    private static final int SMALL = 64;

    private final InputStream in;
    private final Deque<Message> messages = new ArrayDeque<>();
    private final MessageDecoder decoder = new MessageDecoder(messages::add);

    EventStreamReader(InputStream in) {
        this.in = in;
    }

    /** The next message; null at the end. */
    @Nullable
    Message next() {
        byte[] piece = new byte[SMALL];
        try {
            while (messages.isEmpty()) {
                int length = in.read(piece);
                if (length < 0) {
                    return null;
                }
                decoder.feed(piece, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages.poll();
    }

    /** The next message that is there. */
    Message message() {
        Message next = next();
        if (next == null) {
            throw new AssertionError("the stream has ended");
        }
        return next;
    }

    static String header(Message message, String name) {
        HeaderValue value = message.getHeaders().get(name);
        if (value == null) {
            throw new AssertionError("no header " + name + " in " + message);
        }
        return value.getString();
    }

    static JsonNode json(Message message) {
        return JSON.readTree(message.getPayload());
    }

    static JsonNode cbor(Message message) {
        return CBOR.readTree(message.getPayload());
    }

    static String text(Message message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
