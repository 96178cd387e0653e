package io.riacho.protocol.server;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body in the gzip format (RFC 1952), of one member without optional header fields, as the SDKs write it. The length that
 * stands at its end is believed as far as memory goes, and has to be true.
 */
final class GzipBody {

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int DEFLATE = 8;

    /** What is compressed best becomes a little more than a thousandth. */
    private static final long BEST_RATIO = 1100;

    private GzipBody() {}

    /**
     * How long the body was before it was compressed, as it says.
     *
     * @throws io.riacho.protocol.AwsException where that is more than {@code max}, or cannot be true
     */
    static int length(byte[] gzip, int length, int max) {
        if (length < HEADER + TRAILER
                || gzip[0] != 0x1F
                || gzip[1] != (byte) 0x8B
                || gzip[2] != DEFLATE
                || gzip[3] != 0) {
            throw WireErrors.malformedGzip();
        }
        long claimed = littleEndian(gzip, length - 4);
        if (claimed > max) {
            throw WireErrors.bodyTooLarge(max);
        }
        if (claimed > BEST_RATIO * length) {
            throw WireErrors.malformedGzip();
        }
        return (int) claimed;
    }

    /** @throws io.riacho.protocol.AwsException where it does not become exactly {@code expected} bytes, or is damaged */
    static void expand(byte[] gzip, int length, byte[] to, int expected) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(gzip, HEADER, length - HEADER - TRAILER);
            int position = 0;
            while (position < expected) {
                int made = inflater.inflate(to, position, expected - position);
                if (made == 0) {
                    throw WireErrors.malformedGzip();
                }
                position += made;
            }
            boolean ended = inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
            CRC32 check = new CRC32();
            check.update(to, 0, expected);
            if (!ended || inflater.getRemaining() > 0 || check.getValue() != littleEndian(gzip, length - TRAILER)) {
                throw WireErrors.malformedGzip();
            }
        } catch (DataFormatException e) {
            throw WireErrors.malformedGzip();
        } finally {
            inflater.end();
        }
    }

    private static long littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xFFL)
                | (bytes[at + 1] & 0xFFL) << 8
                | (bytes[at + 2] & 0xFFL) << 16
                | (bytes[at + 3] & 0xFFL) << 24;
    }
}
