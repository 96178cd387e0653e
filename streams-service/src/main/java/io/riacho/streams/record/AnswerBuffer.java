package io.riacho.streams.record;

import io.riacho.protocol.WireResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers an answer. A small one is sent whole, with its length; a large one goes out in pieces while it is made, so
 * that it takes no more memory than a small one. Not thread-safe.
 */
public final class AnswerBuffer {

    private static final int FIRST_CAPACITY = 4 << 10;
    private static final int FLUSH_ABOVE = 256 << 10;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;
    private @Nullable WireResponse response;
    private @Nullable OutputStream body;

    /** Begins an answer that goes out to the response, where there is one. */
    public void begin(@Nullable WireResponse to) {
        size = 0;
        response = to;
        body = null;
    }

    /** Makes room for so many bytes, which are then put without further ado. */
    public void reserve(int more) throws IOException {
        if (size + more <= bytes.length) {
            return;
        }
        if (size >= FLUSH_ABOVE && response != null) {
            flush(response);
        }
        if (size + more > bytes.length) {
            int most = response == null ? Integer.MAX_VALUE / 2 : FLUSH_ABOVE * 2;
            bytes = Arrays.copyOf(bytes, Math.max(size + more, (int) Math.min(bytes.length * 2L, most)));
        }
    }

    void put(int value) {
        bytes[size++] = (byte) value;
    }

    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    void put(byte[] source, int position, int length) {
        System.arraycopy(source, position, bytes, size, length);
        size += length;
    }

    @SuppressWarnings("deprecation") // the fast way for text known to be ASCII
    void putAscii(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    void putDecimal(long value) {
        putAscii(Long.toString(value));
    }

    void putLong(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
    }

    /** The array behind the buffer, to write {@code length} reserved bytes to from {@link #advance} on. */
    public byte[] array() {
        return bytes;
    }

    /** Counts bytes that are written to {@link #array} by the caller; returns where they begin. */
    public int advance(int length) {
        int from = size;
        size += length;
        return from;
    }

    /** How many bytes were put. */
    public int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void finish() throws IOException {
        WireResponse to = response;
        if (to == null) {
            return;
        }
        OutputStream out = body != null ? body : to.body(size);
        try (out) {
            out.write(bytes, 0, size);
        }
        response = null;
        body = null;
        trim();
    }

    /** Lets go of more memory than a buffer is to keep. What was put is gone. */
    public void trim() {
        size = 0;
        if (bytes.length > FLUSH_ABOVE * 2) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    private void flush(WireResponse to) throws IOException {
        OutputStream out = body;
        if (out == null) {
            out = to.body(-1);
            body = out;
        }
        out.write(bytes, 0, size);
        size = 0;
    }
}
