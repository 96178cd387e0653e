package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C of a part of a buffer. */
final class Checksum {

    private Checksum() {}

    /** Leaves the buffer's position at 0, and its limit where it was. */
    static int of(ByteBuffer buffer, int position, int length, CRC32C crc) {
        crc.reset();
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + position, length);
        } else {
            int limit = buffer.limit();
            buffer.limit(position + length).position(position);
            crc.update(buffer);
            buffer.limit(limit).position(0);
        }
        return (int) crc.getValue();
    }

    static int of(ByteBuffer buffer, int position, int length) {
        return of(buffer, position, length, new CRC32C());
    }
}
