package io.riacho.protocol.server;

import io.riacho.protocol.signature.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** Reads a body whole, and hashes it while it is still in the processor's cache. */
final class BodyReader {

    private static final int CHUNK = 64 * 1024;

    private final BodyMemory memory;
    private final int maxBody;

    BodyReader(BodyMemory memory, int maxBody) {
        this.memory = memory;
        this.maxBody = maxBody;
    }

    /** @throws IOException where the client went away, or did not send what it announced */
    Body read(HttpServletRequest request) throws IOException {
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !isPlain(encoding)) {
            throw WireErrors.encodedBody(encoding);
        }
        long announced = request.getContentLengthLong();
        if (announced > maxBody) {
            throw WireErrors.bodyTooLarge(maxBody);
        }
        // A body of unknown length reserves the most it may become: two that grow would wait for each other.
        long reserved = capacity(announced >= 0 ? (int) announced : maxBody);
        memory.reserve(reserved);
        byte[] array = memory.take(announced >= 0 ? (int) announced : CHUNK);
        try {
            Body body = announced >= 0
                    ? readAnnounced(request.getInputStream(), reserved, array, (int) announced)
                    : readToEnd(request.getInputStream(), reserved, array);
            array = body.array();
            reserved = 0;
            return body;
        } finally {
            if (reserved > 0) {
                memory.giveBack(array);
                memory.release(reserved);
            }
        }
    }

    private Body readAnnounced(InputStream in, long reserved, byte[] array, int length) throws IOException {
        MessageDigest digest = Sha256.digest();
        int position = 0;
        while (position < length) {
            int read = in.read(array, position, Math.min(CHUNK, length - position));
            if (read < 0) {
                throw new EOFException("the body ended early");
            }
            digest.update(array, position, read);
            position += read;
        }
        return new Body(memory, reserved, array, length, digest.digest());
    }

    private Body readToEnd(InputStream in, long reserved, byte[] first) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] array = first;
        int position = 0;
        while (true) {
            if (position == array.length) {
                array = Arrays.copyOf(array, array.length * 2);
            }
            int read = in.read(array, position, Math.min(CHUNK, array.length - position));
            if (read < 0) {
                return new Body(memory, reserved, array, position, digest.digest());
            }
            digest.update(array, position, read);
            position += read;
            if (position > maxBody) {
                throw WireErrors.bodyTooLarge(maxBody);
            }
        }
    }

    /** The size of the array that such a body is read into. */
    private static long capacity(int length) {
        return Math.max(4096, Long.highestOneBit(Math.max(length, 1) - 1L) << 1);
    }

    /** Some older SDKs name their own protocol here, which encodes nothing. */
    private static boolean isPlain(String encoding) {
        return encoding.isEmpty() || encoding.equalsIgnoreCase("identity") || encoding.equalsIgnoreCase("amz-1.0");
    }
}
