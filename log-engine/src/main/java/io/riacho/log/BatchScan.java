package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Walks the batch headers of a segment, from one good header to the next. Where a header is damaged, it searches for the
 * next one. Looks at no payload. Not thread-safe.
 */
final class BatchScan {

    private static final int BLOCK = 64 << 10;

    private final DiskFile file;
    private final long end;
    private final long shard;
    private final int salt;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer block;
    private long blockStart = Long.MIN_VALUE;
    private long next;
    private long position;
    private int at;
    private long damagedAt = -1;

    BatchScan(DiskFile file, long from, long to, long shard, int salt) {
        this.file = file;
        this.next = from;
        this.end = to;
        this.shard = shard;
        this.salt = salt;
        this.block = ByteBuffer.allocate((int) Math.max(0, Math.min(BLOCK, to - from)));
    }

    /** Goes to the next batch with a good header. */
    boolean next() throws IOException {
        damagedAt = -1;
        while (end - next >= BatchFormat.HEADER_BYTES && load(next)) {
            if (BatchFormat.isHeader(block, at, salt, crc)
                    && BatchFormat.shard(block, at) == shard
                    && BatchFormat.length(block, at) <= end - next) {
                position = next;
                next += BatchFormat.length(block, at);
                return true;
            }
            if (damagedAt < 0) {
                damagedAt = next;
            }
            next += 8;
        }
        if (damagedAt < 0 && next < end) {
            damagedAt = next;
        }
        return false;
    }

    /** Makes sure that a header at the position is in the block; false where the file ends before. */
    private boolean load(long from) throws IOException {
        if (from < blockStart || from + BatchFormat.HEADER_BYTES > blockStart + block.limit()) {
            block.clear();
            int read = file.read(block, from);
            block.position(0).limit(read);
            blockStart = from;
        }
        at = (int) (from - blockStart);
        return block.limit() - at >= BatchFormat.HEADER_BYTES;
    }

    /** Where the damage began that was passed over to get here, else -1. */
    long damagedAt() {
        return damagedAt;
    }

    long position() {
        return position;
    }

    /** Where the next batch is expected. */
    long nextPosition() {
        return next;
    }

    int length() {
        return BatchFormat.length(block, at);
    }

    long baseOffset() {
        return BatchFormat.baseOffset(block, at);
    }

    long endOffset() {
        return BatchFormat.endOffset(block, at);
    }

    long timestamp() {
        return BatchFormat.timestamp(block, at);
    }
}
