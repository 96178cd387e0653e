package io.riacho.streams.usage;

import io.riacho.log.KeyUnavailableException;
import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.Subject;
import io.riacho.usage.journal.UsageEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters records that are in the log though nobody metered them: the process died before it could, or the power failed. Who
 * put them is not known any more.
 */
final class LogReplay {

    private static final Logger log = LoggerFactory.getLogger(LogReplay.class);
    private static final int CHUNK_BYTES = 256 << 10;

    private final ShardLog shardLog;

    LogReplay(ShardLog shardLog) {
        this.shardLog = shardLog;
    }

    /**
     * Meters the records of a gap, and says so in the offsets: all, unless a key of encrypted records cannot be had now.
     * Records that are damaged or gone are none.
     */
    void fill(MeteredStream stream, MeteredOffsets.Gap gap, MeteredOffsets offsets, Amounts into) {
        Subject subject = stream.usedBy(Subject.UNKNOWN);
        EntryType type = stream.isOnDemand() ? EntryType.PUT_ON_DEMAND : EntryType.PUT;
        LogChunk chunk = shardLog.newChunk();
        long next = gap.first();
        try {
            while (next < gap.behind()) {
                shardLog.read(stream.shard(), next, Long.MIN_VALUE, CHUNK_BYTES, chunk);
                while (chunk.next() && chunk.offset() < gap.behind()) {
                    int bytes = chunk.keyLength() + chunk.dataLength();
                    long units = PutUnits.of(bytes, stream.isOnDemand());
                    type.add(
                            new UsageEntry(
                                    type.code(), stream.shard(), chunk.offset(), 1, bytes, units, chunk.timestamp()),
                            subject,
                            into);
                }
                long after = Math.min(chunk.nextOffset(), gap.behind());
                if (after <= next) {
                    // The log ends here, however it was when the gap was found.
                    after = gap.behind();
                }
                offsets.add(next, after);
                next = after;
            }
        } catch (KeyUnavailableException e) {
            log.warn("Records of stream {} are not metered before their key can be had", stream.name());
        }
    }
}
