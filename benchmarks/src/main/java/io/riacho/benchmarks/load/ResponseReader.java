package io.riacho.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one HTTP/1.1 response after another from one connection: status and body, whose length is given by Content-Length
 * or which comes in chunks. All other headers are passed over. Not thread-safe.
 */
final class ResponseReader {

    private static final int HEADERS_UNREAD = -1;
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECTION = "connection:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1 << 16];
    private int limit;
    private int scanned;
    private int bodyStart = HEADERS_UNREAD;
    private int bodyEnd;
    private long contentLength;
    private boolean chunked;
    private boolean closing;
    /** Where undecoded chunk data begins; decoded data is moved together between bodyStart and bodyEnd. */
    private int rawStart;
    /** Bytes of the current chunk still to come, with its closing CRLF; 0 where a chunk's size line is next. */
    private int chunkLeft;

    private boolean lastChunk;
    private boolean complete;

    /** Takes all bytes of {@code received}; true once the response is complete. */
    boolean feed(ByteBuffer received) {
        if (complete) {
            throw new IllegalStateException("The server sent more than one response to one request");
        }
        int length = received.remaining();
        if (limit + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(limit + length, bytes.length * 2));
        }
        received.get(bytes, limit, length);
        limit += length;
        if (bodyStart == HEADERS_UNREAD && !readHeaders()) {
            return false;
        }
        complete = chunked ? readChunks() : limit - bodyStart >= contentLength;
        if (complete && !chunked) {
            bodyEnd = limit;
        }
        if (complete && (chunked ? rawStart != limit : limit - bodyStart > contentLength)) {
            throw new IllegalStateException("The server sent more than it announced");
        }
        return complete;
    }

    /** Forgets the response, to read the next one into the same memory. */
    void reset() {
        limit = 0;
        scanned = 0;
        bodyStart = HEADERS_UNREAD;
        complete = false;
        chunked = false;
        closing = false;
        lastChunk = false;
        chunkLeft = 0;
        contentLength = 0;
    }

    int status() {
        return digit(9) * 100 + digit(10) * 10 + digit(11);
    }

    /** Whether the server closes the connection after this response. */
    boolean closing() {
        return closing;
    }

    /** The array that holds the body; valid until {@link #reset()}. */
    byte[] array() {
        return bytes;
    }

    int bodyStart() {
        return bodyStart;
    }

    int bodyEnd() {
        return bodyEnd;
    }

    String bodyAsText() {
        return new String(bytes, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
    }

    private boolean readHeaders() {
        int end = endOfHeaders();
        if (end < 0) {
            return false;
        }
        int line = endOfLine(0) + 2;
        while (line < end) {
            int next = endOfLine(line);
            if (startsWith(line, CONTENT_LENGTH)) {
                contentLength = number(line + CONTENT_LENGTH.length, next);
            } else if (startsWith(line, TRANSFER_ENCODING)) {
                chunked = text(line, next).endsWith("chunked");
            } else if (startsWith(line, CONNECTION)) {
                closing = text(line, next).endsWith("close");
            }
            line = next + 2;
        }
        bodyStart = end + 2;
        bodyEnd = bodyStart;
        rawStart = bodyStart;
        return true;
    }

    private int endOfHeaders() {
        for (int i = scanned; i + 3 < limit; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 2;
            }
        }
        scanned = Math.max(0, limit - 3);
        return -1;
    }

    private boolean readChunks() {
        while (true) {
            if (chunkLeft > 0) {
                takeChunkData();
                if (chunkLeft > 0) {
                    return false;
                }
            }
            int end = endOfLine(rawStart);
            if (end < 0) {
                return false;
            }
            if (lastChunk) {
                boolean empty = end == rawStart;
                rawStart = end + 2;
                if (empty) {
                    return true;
                }
            } else {
                int size = hexNumber(rawStart, end);
                rawStart = end + 2;
                lastChunk = size == 0;
                chunkLeft = lastChunk ? 0 : size + 2;
            }
        }
    }

    private void takeChunkData() {
        int available = Math.min(chunkLeft, limit - rawStart);
        int data = Math.min(available, Math.max(0, chunkLeft - 2));
        System.arraycopy(bytes, rawStart, bytes, bodyEnd, data);
        bodyEnd += data;
        rawStart += available;
        chunkLeft -= available;
    }

    private int endOfLine(int from) {
        for (int i = from; i + 1 < limit; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWith(int position, byte[] lowerCaseName) {
        for (int i = 0; i < lowerCaseName.length; i++) {
            if (position + i >= limit || Character.toLowerCase(bytes[position + i]) != lowerCaseName[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to) {
        return Long.parseLong(text(from, to).strip());
    }

    private int hexNumber(int from, int to) {
        String line = text(from, to);
        int extension = line.indexOf(';');
        return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private int digit(int position) {
        return bytes[position] - '0';
    }
}
