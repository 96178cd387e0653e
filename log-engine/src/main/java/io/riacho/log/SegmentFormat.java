package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A segment file: the batches of one shard from one offset on, named by that offset in 20 digits.
 *
 * <pre>
 *  0  long  magic, "RIACHOSG"
 *  8  int   format version
 * 12  int   the log's salt, see {@link BatchFormat}
 * 16  long  shard
 * 24  long  base offset
 * 32  int   CRC32C of bytes 0 to 31
 * 36  int   0
 * 40  batches
 * </pre>
 */
final class SegmentFormat {

    static final long MAGIC = 0x524941_43484f_5347L;
    static final int HEADER_BYTES = 40;
    static final String SUFFIX = ".segment";
    static final String INDEX_SUFFIX = ".index";

    private static final int HEADER_CRC = 32;

    private SegmentFormat() {}

    static ByteBuffer header(long shard, long baseOffset, int salt) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(MAGIC).putInt(FormatVersion.CURRENT).putInt(salt);
        header.putLong(shard).putLong(baseOffset);
        header.putInt(HEADER_CRC, Checksum.of(header, 0, HEADER_CRC));
        return header.clear();
    }

    /** Whether the file is this segment; refuses a later version's. */
    static boolean isSegment(DiskFile file, Path path, long shard, long baseOffset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (file.read(header, 0) < HEADER_BYTES || header.getLong(0) != MAGIC) {
            return false;
        }
        FormatVersion.check(path, header.getInt(8));
        return header.getInt(HEADER_CRC) == Checksum.of(header, 0, HEADER_CRC)
                && header.getLong(16) == shard
                && header.getLong(24) == baseOffset;
    }

    static int salt(DiskFile file) throws IOException {
        ByteBuffer salt = ByteBuffer.allocate(4);
        file.read(salt, 12);
        return salt.getInt(0);
    }

    static String name(long baseOffset) {
        return String.format("%020d%s", baseOffset, SUFFIX);
    }

    static String indexName(long baseOffset) {
        return String.format("%020d%s", baseOffset, INDEX_SUFFIX);
    }
}
