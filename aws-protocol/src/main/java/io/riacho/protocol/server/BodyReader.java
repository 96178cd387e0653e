package io.riacho.protocol.server;

import io.riacho.protocol.signature.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;

/** Reads a body whole, and hashes it while it is still in the processor's cache. */
final class BodyReader {

    private static final int CHUNK = 64 * 1024;

    private final BodyMemory memory;
    private final int maxBody;

    BodyReader(BodyMemory memory, int maxBody) {
        this.memory = memory;
        this.maxBody = maxBody;
    }

    /**
     * @param limit the most bytes that this body may have, where that is less than what any may have
     * @param compressible whether it may be compressed; it is then read as it was sent
     * @throws BodyBrokenOffException where the client went away, or did not send what it announced
     * @throws MalformedBodyException where its chunks are none
     */
    Body read(HttpServletRequest request, int limit, boolean compressible)
            throws BodyBrokenOffException, MalformedBodyException {
        int max = Math.min(limit, maxBody);
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !isPlain(encoding) && !(compressible && isGzip(request))) {
            throw WireErrors.encodedBody(encoding);
        }
        long announced = request.getContentLengthLong();
        if (announced > max) {
            throw WireErrors.bodyTooLarge(max);
        }
        // A body of unknown length reserves the most it may become: two that grow would wait for each other.
        long reserved = BodyMemory.arraySize(announced >= 0 ? (int) announced : max);
        memory.reserve(reserved);
        byte[] array = memory.take(announced >= 0 ? (int) announced : Math.min(CHUNK, max));
        try {
            Body body = announced >= 0
                    ? readAnnounced(request.getInputStream(), reserved, array, (int) announced)
                    : readToEnd(request.getInputStream(), reserved, array, max);
            array = body.array();
            reserved = 0;
            return body;
        } catch (ClientAbortException e) {
            throw new BodyBrokenOffException("the client went away", e);
        } catch (BadRequestException e) {
            throw new MalformedBodyException(e);
        } catch (IOException e) {
            throw new BodyBrokenOffException("the client went away", e);
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
                throw new BodyBrokenOffException("the body ended early", null);
            }
            digest.update(array, position, read);
            position += read;
        }
        // Over HTTP/2 the end comes in a frame of its own: an answer before it would reset the stream, and be lost.
        if (in.read() >= 0) {
            throw new BodyBrokenOffException("the body is longer than announced", null);
        }
        return new Body(memory, reserved, array, length, digest.digest());
    }

    private Body readToEnd(InputStream in, long reserved, byte[] first, int max) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] array = first;
        int position = 0;
        while (true) {
            if (position == array.length) {
                if (position >= max) {
                    return atTheLimit(in, reserved, array, digest, max);
                }
                array = Arrays.copyOf(array, array.length * 2);
            }
            int read = in.read(array, position, Math.min(CHUNK, array.length - position));
            if (read < 0) {
                return new Body(memory, reserved, array, position, digest.digest());
            }
            digest.update(array, position, read);
            position += read;
            if (position > max) {
                throw WireErrors.bodyTooLarge(max);
            }
        }
    }

    /** The array is full and may not grow: either the body ends here, or it is too large. */
    private Body atTheLimit(InputStream in, long reserved, byte[] array, MessageDigest digest, int max)
            throws IOException {
        if (in.read() >= 0) {
            throw WireErrors.bodyTooLarge(max);
        }
        return new Body(memory, reserved, array, array.length, digest.digest());
    }

    /**
     * The body as it was before it was compressed; the one given, where it was not.
     *
     * @param limit the most bytes that it may have
     */
    Body expanded(HttpServletRequest request, Body sent, int limit) {
        if (!isGzip(request)) {
            return sent;
        }
        int max = Math.min(limit, maxBody);
        int length = GzipBody.length(sent.array(), sent.length(), max);
        long reserved = BodyMemory.arraySize(length);
        memory.reserve(reserved);
        byte[] array = memory.take(length);
        try {
            GzipBody.expand(sent.array(), sent.length(), array, length);
        } catch (RuntimeException e) {
            memory.giveBack(array);
            memory.release(reserved);
            throw e;
        }
        return new Body(memory, reserved, array, length, sent.hash());
    }

    private static boolean isGzip(HttpServletRequest request) {
        return "gzip".equalsIgnoreCase(request.getHeader("content-encoding"));
    }

    /** Some older SDKs name their own protocol here, which encodes nothing. */
    private static boolean isPlain(String encoding) {
        return encoding.isEmpty() || encoding.equalsIgnoreCase("identity") || encoding.equalsIgnoreCase("amz-1.0");
    }
}
