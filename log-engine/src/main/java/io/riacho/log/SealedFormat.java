package io.riacho.log;

import java.nio.ByteBuffer;

/**
 * What follows the header of a batch that is {@link BatchFormat#SEALED}. Big-endian.
 *
 * <pre>
 *  0  long  id of the key
 *  8  12 bytes, nonce
 * 20  int   length of the records
 * 24  the records as {@link BatchFormat} lays them out, encrypted
 *     16 bytes, tag
 * </pre>
 *
 * The cipher also authenticates, as its additional data, what is known of the batch when it is sealed:
 *
 * <pre>
 *  0  int   magic, "RBS1"
 *  4  int   flags
 *  8  long  shard
 * 16  int   count of records
 * 20  int   length of the records
 * 24  long  id of the key
 * </pre>
 *
 * Offset and time of arrival are not: they are given later, by the thread that commits, and protected by the header's
 * checksum only. So whoever can write to the disk can reorder or drop batches of a shard, but not read, change or move them
 * to another shard.
 */
final class SealedFormat {

    static final int HEADER_BYTES = 24;

    /** What sealing adds to a batch. */
    static final int EXTRA_BYTES = HEADER_BYTES + BatchCipher.TAG_BYTES;

    static final int NONCE = 8;

    private static final int MAGIC = 0x52425331;
    private static final int RECORDS_LENGTH = 20;
    private static final int ADDITIONAL_BYTES = 32;

    private SealedFormat() {}

    static void putHeader(ByteBuffer buffer, int position, long keyId, int recordsLength) {
        buffer.putLong(position, keyId);
        buffer.putInt(position + RECORDS_LENGTH, recordsLength);
    }

    static long keyId(ByteBuffer buffer, int position) {
        return buffer.getLong(position);
    }

    static int recordsLength(ByteBuffer buffer, int position) {
        return buffer.getInt(position + RECORDS_LENGTH);
    }

    static ByteBuffer newAdditional() {
        return ByteBuffer.allocate(ADDITIONAL_BYTES);
    }

    /** Fills what {@link #newAdditional} gave; its array is what the cipher takes. */
    static byte[] additional(ByteBuffer into, int flags, long shard, int count, int recordsLength, long keyId) {
        into.clear().putInt(MAGIC).putInt(flags).putLong(shard);
        into.putInt(count).putInt(recordsLength).putLong(keyId);
        return into.array();
    }
}
