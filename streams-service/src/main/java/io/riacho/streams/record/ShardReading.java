package io.riacho.streams.record;

import io.riacho.log.KeyUnavailableException;
import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import io.riacho.protocol.AwsException;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.encryption.KeyErrors;
import io.riacho.streams.shard.Shard;
import java.io.IOException;

/** Reads one shard from an offset on, for one answer: what fits into it and may be decrypted. Not thread-safe. */
public final class ShardReading {

    private static final int CHUNK_BYTES = 256 << 10;

    private final ShardLog log;
    private final Shard shard;
    private final KeyAccess.Opening opening;
    private final GetRecordsAnswer answer;
    private final int mostRecords;
    private final int mostBytes;
    private int records;
    private long bytes;
    private long lastTimestamp;

    /**
     * @param opening what of encrypted records the reader may decrypt
     * @param answer that is begun, and takes the records
     * @param mostBytes of data and partition keys; a first record may have more
     */
    public ShardReading(
            ShardLog log,
            Shard shard,
            KeyAccess.Opening opening,
            GetRecordsAnswer answer,
            int mostRecords,
            int mostBytes) {
        this.log = log;
        this.shard = shard;
        this.opening = opening;
        this.answer = answer;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads, once.
     *
     * @param horizon records that arrived earlier (epoch milliseconds) are skipped
     * @param end where the log ended; records that became readable later may be read, too
     * @param chunk to read through
     * @return the offset to read on from
     * @throws AwsException a KMS… error where the first record cannot, or may not, be decrypted. Later ones are left to the
     *     next reading, which is told so
     */
    public long read(long from, long horizon, long end, LogChunk chunk) throws IOException {
        long next = from;
        boolean goesOn = next < end;
        while (goesOn && fill(next, horizon, chunk)) {
            long after = take(chunk);
            goesOn = after == chunk.nextOffset() && after > next && after < end && records < mostRecords;
            next = Math.max(next, after);
        }
        return next;
    }

    public int records() {
        return records;
    }

    /** Of data and partition keys. */
    public long bytes() {
        return bytes;
    }

    /** How far the last record lies behind the time, in milliseconds; 0 where none was read. */
    public long millisBehind(long now) {
        return records == 0 ? 0 : Math.max(0, now - lastTimestamp);
    }

    private boolean fill(long next, long horizon, LogChunk chunk) {
        try {
            log.read(shard.number(), next, horizon, Math.min(CHUNK_BYTES, mostBytes), chunk);
            return true;
        } catch (KeyUnavailableException e) {
            if (records == 0) {
                throw KeyErrors.of(e);
            }
            return false;
        }
    }

    private boolean mayOpen(LogChunk chunk) {
        if (chunk.keyId() == LogChunk.NO_KEY) {
            return true;
        }
        try {
            opening.require(chunk.keyId());
            return true;
        } catch (AwsException e) {
            if (records == 0) {
                throw e;
            }
            return false;
        }
    }

    /** Returns the offset to read on from: behind the chunk, or within it where the answer is full. */
    private long take(LogChunk chunk) throws IOException {
        while (chunk.next()) {
            int size = chunk.dataLength() + chunk.keyLength();
            if (records == mostRecords || (records > 0 && bytes + size > mostBytes) || !mayOpen(chunk)) {
                return chunk.offset();
            }
            answer.record(shard, chunk);
            records++;
            bytes += size;
            lastTimestamp = chunk.timestamp();
        }
        return chunk.nextOffset();
    }
}
