package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A run of whole, checked batches of one shard in one array, and a cursor over their records. */
final class ReadChunk extends LogChunk {

    private static final byte[] EMPTY = {};

    /** What {@link #take} found. */
    enum Found {
        /** Records at or after the wanted offset. */
        RECORDS,
        /** Batches that end before it, or none: {@link #stoppedAt()} is where to read on. */
        NOTHING,
        /** A batch that is longer than what was read: {@link #stoppedAt()} and {@link #needed()} say where and how long. */
        CUT,
        /** A damaged batch: {@link #stoppedAt()} says where. */
        DAMAGE
    }

    private final TailRun run = new TailRun();
    private final CRC32C crc = new CRC32C();
    private byte[] array = EMPTY;
    private ByteBuffer view = ByteBuffer.wrap(EMPTY);
    private int end;
    private int stoppedAt;
    private int needed;
    private long wanted;
    private long nextOffset;
    private long firstTimestamp;

    private int batch;
    private int recordsLeft;
    private int record;
    private int nextRecord;
    private long offset;
    private long timestamp;

    void clear() {
        end = 0;
        batch = 0;
        recordsLeft = 0;
    }

    void nothing(long next) {
        clear();
        nextOffset = next;
    }

    TailRun run() {
        return run;
    }

    /** The array as a buffer, with room for the bytes. */
    ByteBuffer buffer(int bytes) {
        if (array.length < bytes) {
            array = new byte[bytes];
            view = ByteBuffer.wrap(array);
        }
        return view.clear().limit(bytes);
    }

    /**
     * Looks through what was read into the buffer: passes over batches that end at or before the offset, checks those
     * that follow, and takes them as far as they are whole and good.
     */
    Found take(long shard, long fromOffset, int maxBytes, int salt) {
        clear();
        view.position(0);
        wanted = fromOffset;
        int start = -1;
        int at = 0;
        Found found = Found.NOTHING;
        while (at < view.limit()) {
            if (view.limit() - at < BatchFormat.HEADER_BYTES) {
                found = Found.CUT;
                needed = BatchFormat.HEADER_BYTES;
                break;
            }
            if (!BatchFormat.isHeader(view, at, salt, crc) || BatchFormat.shard(view, at) != shard) {
                found = Found.DAMAGE;
                break;
            }
            int length = BatchFormat.length(view, at);
            boolean wholeIsHere = length <= view.limit() - at;
            if (BatchFormat.endOffset(view, at) <= fromOffset) {
                if (!wholeIsHere) {
                    stoppedAt = at + length;
                    return Found.NOTHING;
                }
                at += length;
                continue;
            }
            if (start >= 0 && at + length - start > maxBytes) {
                break;
            }
            if (!wholeIsHere) {
                found = Found.CUT;
                needed = length;
                break;
            }
            if (!BatchFormat.isIntact(view, at, crc)) {
                found = Found.DAMAGE;
                break;
            }
            if (start < 0) {
                start = at;
                firstTimestamp = BatchFormat.timestamp(view, at);
            }
            nextOffset = BatchFormat.endOffset(view, at);
            at += length;
        }
        stoppedAt = at;
        if (start < 0) {
            return found;
        }
        batch = start;
        end = at;
        return Found.RECORDS;
    }

    /**
     * Cuts what was read where it is not the run's batches any more: their file may have been used again, for batches of
     * the same shard too. @return how many are left
     */
    int keepAsLongAsIn(TailRun batches) {
        view.position(0);
        int at = 0;
        int i = 0;
        while (i < batches.size()
                && BatchFormat.baseOffset(view, at) == batches.baseOffset(i)
                && BatchFormat.length(view, at) == batches.length(i)) {
            at += batches.length(i++);
        }
        view.limit(at);
        return i;
    }

    int stoppedAt() {
        return stoppedAt;
    }

    int needed() {
        return needed;
    }

    /** Whether a good header lies where {@link #take} stopped, so that its length and count can be trusted. */
    boolean stoppedAtHeader(long shard, int salt) {
        return BatchFormat.isHeader(view, stoppedAt, salt, crc) && BatchFormat.shard(view, stoppedAt) == shard;
    }

    int stoppedLength() {
        return BatchFormat.length(view, stoppedAt);
    }

    long stoppedEndOffset() {
        return BatchFormat.endOffset(view, stoppedAt);
    }

    long firstTimestamp() {
        return firstTimestamp;
    }

    @Override
    public boolean next() {
        do {
            while (recordsLeft == 0) {
                if (batch >= end) {
                    return false;
                }
                recordsLeft = BatchFormat.count(view, batch);
                offset = BatchFormat.baseOffset(view, batch) - 1;
                timestamp = BatchFormat.timestamp(view, batch);
                nextRecord = batch + BatchFormat.HEADER_BYTES;
                batch += BatchFormat.length(view, batch);
            }
            record = nextRecord;
            nextRecord = dataPosition() + dataLength();
            offset++;
            recordsLeft--;
        } while (offset < wanted);
        return true;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int keyPosition() {
        return record + BatchFormat.RECORD_HEADER_BYTES;
    }

    @Override
    public int keyLength() {
        return Short.toUnsignedInt(view.getShort(record));
    }

    @Override
    public int dataPosition() {
        return keyPosition() + keyLength();
    }

    @Override
    public int dataLength() {
        return view.getInt(record + 2);
    }

    @Override
    public long nextOffset() {
        return nextOffset;
    }
}
