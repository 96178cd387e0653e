package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A batch: records of one shard that arrived together, the unit that is written, checked and read. Its bytes are the
 * same in the journal and in a segment. Big-endian; the length is a multiple of 8, padded with zeros.
 *
 * <pre>
 *  0  int   magic, "RBT1"
 *  4  int   length of the batch, header and padding included
 *  8  long  shard
 * 16  long  offset of the first record
 * 24  long  when the records arrived, epoch milliseconds
 * 32  int   count of records
 * 36  int   flags: 0, {@link #TOMBSTONE}, or, from format version 2 on, {@link #SEALED}
 * 40  int   CRC32C of everything after the header
 * 44  int   CRC32C of bytes 0 to 43, xor the log's salt
 * 48  records, each: key length (unsigned short), data length (int), key, data; if sealed, {@link SealedFormat}
 * </pre>
 *
 * The salt is a random number that nobody outside the log knows: no customer can hide in a record's data what passes for
 * a header when a damaged file is searched for the next batch.
 *
 * <p>The methods use a buffer's bytes by absolute position and expect its limit to lie behind them.
 */
final class BatchFormat {

    static final int MAGIC = 0x52425431;
    static final int HEADER_BYTES = 48;
    static final int RECORD_HEADER_BYTES = 6;
    static final int TOMBSTONE = 1;

    /** The records are encrypted. */
    static final int SEALED = 2;

    /** A shard's records of one append are divided into batches of about this size, so that a small read is cheap. */
    static final int LARGEST_BATCH = 256 << 10;

    static final int MAX_KEY_BYTES = 0xffff;

    private static final int LENGTH = 4;
    private static final int SHARD = 8;
    private static final int BASE_OFFSET = 16;
    private static final int TIMESTAMP = 24;
    private static final int COUNT = 32;
    private static final int FLAGS = 36;
    private static final int PAYLOAD_CRC = 40;
    private static final int HEADER_CRC = 44;

    private BatchFormat() {}

    static int align(int length) {
        return (length + 7) & ~7;
    }

    /** Writes what is known before the offset is; the records must be in place. */
    static void begin(ByteBuffer buffer, int position, int length, long shard, int count, int flags, CRC32C crc) {
        buffer.putInt(position, MAGIC);
        buffer.putInt(position + LENGTH, length);
        buffer.putLong(position + SHARD, shard);
        buffer.putInt(position + COUNT, count);
        buffer.putInt(position + FLAGS, flags);
        buffer.putInt(position + PAYLOAD_CRC, Checksum.of(buffer, position + HEADER_BYTES, length - HEADER_BYTES, crc));
    }

    /** Completes the header. */
    static void seal(ByteBuffer buffer, int position, long baseOffset, long timestamp, int salt, CRC32C crc) {
        buffer.putLong(position + BASE_OFFSET, baseOffset);
        buffer.putLong(position + TIMESTAMP, timestamp);
        buffer.putInt(position + HEADER_CRC, Checksum.of(buffer, position, HEADER_CRC, crc) ^ salt);
    }

    /** Whether a complete, undamaged header lies at the position. */
    static boolean isHeader(ByteBuffer buffer, int position, int salt, CRC32C crc) {
        return buffer.limit() - position >= HEADER_BYTES
                && buffer.getInt(position) == MAGIC
                && buffer.getInt(position + HEADER_CRC) == (Checksum.of(buffer, position, HEADER_CRC, crc) ^ salt)
                && buffer.getInt(position + LENGTH) >= HEADER_BYTES;
    }

    /** Whether the batch with this (good) header is complete and undamaged. */
    static boolean isIntact(ByteBuffer buffer, int position, CRC32C crc) {
        int length = length(buffer, position);
        return buffer.limit() - position >= length
                && buffer.getInt(position + PAYLOAD_CRC)
                        == Checksum.of(buffer, position + HEADER_BYTES, length - HEADER_BYTES, crc);
    }

    static int length(ByteBuffer buffer, int position) {
        return buffer.getInt(position + LENGTH);
    }

    static long shard(ByteBuffer buffer, int position) {
        return buffer.getLong(position + SHARD);
    }

    static long baseOffset(ByteBuffer buffer, int position) {
        return buffer.getLong(position + BASE_OFFSET);
    }

    static long timestamp(ByteBuffer buffer, int position) {
        return buffer.getLong(position + TIMESTAMP);
    }

    static int count(ByteBuffer buffer, int position) {
        return buffer.getInt(position + COUNT);
    }

    static int flags(ByteBuffer buffer, int position) {
        return buffer.getInt(position + FLAGS);
    }

    static boolean isSealed(ByteBuffer buffer, int position) {
        return (flags(buffer, position) & SEALED) != 0;
    }

    /** The offset after the batch's last record. */
    static long endOffset(ByteBuffer buffer, int position) {
        return baseOffset(buffer, position) + count(buffer, position);
    }

    static int headerChecksum(ByteBuffer buffer, int position) {
        return buffer.getInt(position + HEADER_CRC);
    }
}
