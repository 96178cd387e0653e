package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A frame: the batches of one commit in the journal. Big-endian; frames follow one another without a gap.
 *
 * <pre>
 *  0  int   magic, "RFR1"
 *  4  int   length of the batches that follow
 *  8  long  lsn: the frame's number, one more than the last frame's
 * 16  int   generation of the journal file; a frame that the file's last user left behind has another one
 * 20  int   count of batches
 * 24  int   CRC32C of the batches' header checksums: a batch that an earlier frame left at this place does not pass
 * 28  int   flags, 0
 * 32  int   reserved, 0
 * 36  int   CRC32C of bytes 0 to 35, xor the log's salt
 * 40  batches
 * </pre>
 */
final class FrameFormat {

    static final int MAGIC = 0x52465231;
    static final int HEADER_BYTES = 40;

    private static final int LENGTH = 4;
    private static final int LSN = 8;
    private static final int GENERATION = 16;
    private static final int COUNT = 20;
    private static final int DIGEST = 24;
    private static final int HEADER_CRC = 36;

    private FrameFormat() {}

    static void write(
            ByteBuffer buffer, int length, int count, int generation, long lsn, int digest, int salt, CRC32C crc) {
        buffer.putInt(0, MAGIC);
        buffer.putInt(LENGTH, length);
        buffer.putLong(LSN, lsn);
        buffer.putInt(GENERATION, generation);
        buffer.putInt(COUNT, count);
        buffer.putInt(DIGEST, digest);
        buffer.putLong(DIGEST + 4, 0);
        buffer.putInt(HEADER_CRC, Checksum.of(buffer, 0, HEADER_CRC, crc) ^ salt);
    }

    /** Whether a complete, undamaged header lies at the position. */
    static boolean isHeader(ByteBuffer buffer, int position, int generation, int salt, CRC32C crc) {
        return buffer.limit() - position >= HEADER_BYTES
                && buffer.getInt(position) == MAGIC
                && buffer.getInt(position + GENERATION) == generation
                && buffer.getInt(position + HEADER_CRC) == (Checksum.of(buffer, position, HEADER_CRC, crc) ^ salt)
                && buffer.getInt(position + LENGTH) >= 0
                && buffer.getInt(position + LENGTH) <= buffer.limit() - position - HEADER_BYTES;
    }

    /** Whether everything that the (good) header announces is there. */
    static boolean isIntact(ByteBuffer buffer, int position, int salt, CRC32C crc) {
        CRC32C digest = new CRC32C();
        byte[] checksum = new byte[4];
        int at = position + HEADER_BYTES;
        int end = at + length(buffer, position);
        int count = count(buffer, position);
        for (int i = 0; i < count; i++) {
            if (!BatchFormat.isHeader(buffer, at, salt, crc)
                    || BatchFormat.length(buffer, at) > end - at
                    || !BatchFormat.isIntact(buffer, at, crc)) {
                return false;
            }
            ByteBuffer.wrap(checksum).putInt(0, BatchFormat.headerChecksum(buffer, at));
            digest.update(checksum, 0, checksum.length);
            at += BatchFormat.length(buffer, at);
        }
        return at == end && (int) digest.getValue() == buffer.getInt(position + DIGEST);
    }

    static int length(ByteBuffer buffer, int position) {
        return buffer.getInt(position + LENGTH);
    }

    static long lsn(ByteBuffer buffer, int position) {
        return buffer.getLong(position + LSN);
    }

    static int generation(ByteBuffer buffer, int position) {
        return buffer.getInt(position + GENERATION);
    }

    static int count(ByteBuffer buffer, int position) {
        return buffer.getInt(position + COUNT);
    }
}
