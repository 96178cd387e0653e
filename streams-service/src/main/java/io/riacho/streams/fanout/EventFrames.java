package io.riacho.streams.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeWriter;
import io.riacho.streams.record.AnswerBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes messages of {@code application/vnd.amazon.eventstream}; numbers are big-endian:
 *
 * <pre>
 *   4  length of the message
 *   4  length of the headers
 *   4  CRC32 of those eight bytes
 *   n  headers: length of the name (1), name, type 7 (1), length of the value (2), value
 *   n  payload, in the request's format
 *   4  CRC32 of all before
 * </pre>
 *
 * Safe for use by many threads.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon Event Stream Specification</a>
 */
final class EventFrames {

    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private static final int PRELUDE = 12;
    private static final int CHECKED_PRELUDE = 8;
    private static final int CHECKSUM = 4;
    private static final int STRING = 7;
    /** What the model lets the event stream throw; anything else is an error that is not in the model. */
    private static final Set<String> MODELLED = Set.of(
            "ResourceNotFoundException",
            "ResourceInUseException",
            "KMSDisabledException",
            "KMSInvalidStateException",
            "KMSAccessDeniedException",
            "KMSNotFoundException",
            "KMSOptInRequired",
            "KMSThrottlingException",
            "InternalFailureException");

    private static final EventFrames JSON = new EventFrames(WireFormat.JSON, "application/x-amz-json-1.1");
    private static final EventFrames CBOR = new EventFrames(WireFormat.CBOR, "application/x-amz-cbor-1.1");

    private final WireFormat format;
    private final String payloadType;
    private final ShapeWriter writer = new ShapeWriter();
    private final byte[] eventHead;
    private final byte[] initialResponse;

    private EventFrames(WireFormat format, String payloadType) {
        this.format = format;
        this.payloadType = payloadType;
        eventHead =
                head(":event-type", "SubscribeToShardEvent", ":content-type", payloadType, ":message-type", "event");
        byte[] nothing = format == WireFormat.JSON ? "{}".getBytes(UTF_8) : new byte[] {(byte) 0xa0};
        initialResponse = message(
                head(":event-type", "initial-response", ":content-type", payloadType, ":message-type", "event"),
                nothing);
    }

    static EventFrames of(WireFormat format) {
        return switch (format) {
            case JSON -> JSON;
            case CBOR -> CBOR;
        };
    }

    WireFormat format() {
        return format;
    }

    /** The message that has to come first. Not to be changed. */
    byte[] initialResponse() {
        return initialResponse;
    }

    /** The message that ends a stream before its time. */
    byte[] exception(AwsException error) {
        String message = error.getMessage();
        if (!MODELLED.contains(error.type())) {
            return message(
                    head(":error-code", error.type(), ":error-message", message, ":message-type", "error"),
                    new byte[0]);
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        writer.writeError(error.type(), message, format, payload);
        return message(
                head(":exception-type", error.type(), ":content-type", payloadType, ":message-type", "exception"),
                payload.toByteArray());
    }

    /** Begins a message with an event, whose payload is put next, and which {@link #end} completes. */
    void begin(AnswerBuffer out) throws IOException {
        out.begin(null);
        out.reserve(eventHead.length);
        out.put(eventHead);
    }

    void end(AnswerBuffer out) throws IOException {
        out.reserve(CHECKSUM);
        int end = out.advance(CHECKSUM);
        complete(out.array(), end, eventHead.length);
    }

    private static byte[] message(byte[] head, byte[] payload) {
        byte[] message = new byte[head.length + payload.length + CHECKSUM];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(payload, 0, message, head.length, payload.length);
        complete(message, message.length - CHECKSUM, head.length);
        return message;
    }

    /** @param end where the last checksum goes */
    private static void complete(byte[] array, int end, int head) {
        ByteBuffer message = ByteBuffer.wrap(array);
        message.putInt(0, end + CHECKSUM).putInt(4, head - PRELUDE);
        CRC32 checksum = new CRC32();
        checksum.update(array, 0, CHECKED_PRELUDE);
        message.putInt(CHECKED_PRELUDE, (int) checksum.getValue());
        checksum.update(array, CHECKED_PRELUDE, end - CHECKED_PRELUDE);
        message.putInt(end, (int) checksum.getValue());
    }

    /** Room for the prelude, and headers of name, value, name, value. */
    private static byte[] head(String... headers) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[PRELUDE]);
        for (int i = 0; i < headers.length; i += 2) {
            byte[] name = headers[i].getBytes(UTF_8);
            byte[] value = headers[i + 1].getBytes(UTF_8);
            int length = Math.min(value.length, Short.MAX_VALUE);
            head.write(name.length);
            head.writeBytes(name);
            head.write(STRING);
            head.write(length >>> 8);
            head.write(length);
            head.write(value, 0, length);
        }
        return head.toByteArray();
    }
}
