package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A run of whole, checked and decrypted batches of one shard in one array, and a cursor over their records. */
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

    private final OpeningKeys keys;
    private final TailRun run = new TailRun();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer additional = SealedFormat.newAdditional();
    private byte[] opened = EMPTY;
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
    private long keyId = NO_KEY;

    ReadChunk(OpeningKeys keys) {
        this.keys = keys;
    }

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
     * that follow, and takes them as far as they are whole and good. Where the first one arrived before the time it is
     * taken alone, and not opened: nobody wants it.
     *
     * @throws KeyUnavailableException where the key of the first batch to take cannot be had
     */
    Found take(long shard, long fromOffset, long fromTimestamp, int maxBytes, int salt) {
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
            if (!BatchFormat.isIntact(view, at, crc) || isTooShort(at)) {
                found = Found.DAMAGE;
                break;
            }
            boolean isUnwanted = start < 0 && BatchFormat.timestamp(view, at) < fromTimestamp;
            if (!isUnwanted && BatchFormat.isSealed(view, at)) {
                BatchCipher cipher = cipher(at, start < 0);
                if (cipher == null) {
                    break;
                }
                if (!open(at, cipher)) {
                    found = Found.DAMAGE;
                    break;
                }
            }
            if (start < 0) {
                start = at;
                firstTimestamp = BatchFormat.timestamp(view, at);
            }
            nextOffset = BatchFormat.endOffset(view, at);
            at += length;
            if (isUnwanted) {
                break;
            }
        }
        stoppedAt = at;
        if (start < 0) {
            return found;
        }
        batch = start;
        end = at;
        return Found.RECORDS;
    }

    private boolean isTooShort(int at) {
        return BatchFormat.isSealed(view, at)
                && BatchFormat.length(view, at) < BatchFormat.HEADER_BYTES + SealedFormat.EXTRA_BYTES;
    }

    /** Null where the key cannot be had but records before it can: the next read says so. */
    private @Nullable BatchCipher cipher(int at, boolean isFirst) {
        try {
            return keys.find(SealedFormat.keyId(view, at + BatchFormat.HEADER_BYTES));
        } catch (KeyUnavailableException e) {
            if (isFirst) {
                throw e;
            }
            return null;
        }
    }

    /** Puts the records in the place of what they were sealed to; false where that was changed. */
    private boolean open(int at, BatchCipher cipher) {
        int sealed = at + BatchFormat.HEADER_BYTES;
        int length = SealedFormat.recordsLength(view, sealed);
        if (length < 0 || length > BatchFormat.length(view, at) - BatchFormat.HEADER_BYTES - SealedFormat.EXTRA_BYTES) {
            return false;
        }
        if (opened.length < length) {
            opened = new byte[Math.max(length, BatchFormat.LARGEST_BATCH)];
        }
        byte[] authenticated = SealedFormat.additional(
                additional,
                BatchFormat.flags(view, at),
                BatchFormat.shard(view, at),
                BatchFormat.count(view, at),
                length,
                SealedFormat.keyId(view, sealed));
        if (!cipher.open(
                array,
                sealed + SealedFormat.NONCE,
                sealed + SealedFormat.HEADER_BYTES,
                length,
                authenticated,
                opened)) {
            return false;
        }
        System.arraycopy(opened, 0, array, sealed + SealedFormat.HEADER_BYTES, length);
        return true;
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
                keyId = NO_KEY;
                if (BatchFormat.isSealed(view, batch)) {
                    keyId = SealedFormat.keyId(view, nextRecord);
                    nextRecord += SealedFormat.HEADER_BYTES;
                }
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
    public long keyId() {
        return keyId;
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
