package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What one commit writes, gathered from the buffers of its appends behind the frame's own header. The commit thread's;
 * used again. See {@link FrameFormat}.
 */
final class Frame {

    private final int salt;
    private final CRC32C crc = new CRC32C();
    private final CRC32C digest = new CRC32C();
    private final ByteBuffer header = ByteBuffer.allocateDirect(FrameFormat.HEADER_BYTES);
    private final byte[] checksum = new byte[4];
    private final ByteBuffer checksumView = ByteBuffer.wrap(checksum);
    private ByteBuffer[] parts = new ByteBuffer[64];
    private int partCount;
    private int batchCount;
    private int payloadBytes;

    Frame(int salt) {
        this.salt = salt;
    }

    void clear() {
        Arrays.fill(parts, 1, Math.max(1, partCount), null);
        parts[0] = header;
        partCount = 1;
        batchCount = 0;
        payloadBytes = 0;
        digest.reset();
    }

    boolean isEmpty() {
        return batchCount == 0;
    }

    int batchCount() {
        return batchCount;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    int bytes() {
        return FrameFormat.HEADER_BYTES + payloadBytes;
    }

    /** Completes a batch's header in its buffer. Its buffer must be added afterwards. */
    void seal(ByteBuffer buffer, int position, long baseOffset, long timestamp) {
        BatchFormat.seal(buffer, position, baseOffset, timestamp, salt, crc);
        checksumView.putInt(0, BatchFormat.headerChecksum(buffer, position));
        digest.update(checksum, 0, checksum.length);
        batchCount++;
    }

    /** Adds sealed batches: all of the buffer, which is not written to any more. */
    void add(ByteBuffer buffer) {
        if (partCount == parts.length) {
            parts = Arrays.copyOf(parts, partCount * 2);
        }
        parts[partCount++] = buffer;
        payloadBytes += buffer.remaining();
    }

    /** Writes the header for this place; the parts are then ready to be written, once. */
    ByteBuffer[] parts(int generation, long lsn) {
        header.clear();
        FrameFormat.write(header, payloadBytes, batchCount, generation, lsn, (int) digest.getValue(), salt, crc);
        for (int i = 0; i < partCount; i++) {
            parts[i].position(0);
        }
        return parts;
    }

    int partCount() {
        return partCount;
    }
}
