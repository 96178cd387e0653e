package io.riacho.flink.source;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.jspecify.annotations.Nullable;

/** Records of one shard, as they came with one answer. */
final class ShardBatch implements RecordsWithSplitIds<ReadRecord> {

    private final String shardId;
    private final Iterator<ReadRecord> records;
    private final Runnable taken;
    private final Runnable emitted;
    private boolean endLeft;
    private boolean begun;

    /**
     * @param end whether the shard ends here
     * @param taken run when the reader has room for the next
     * @param emitted run when all records were given out
     */
    ShardBatch(String shardId, Iterator<ReadRecord> records, boolean end, Runnable taken, Runnable emitted) {
        this.shardId = shardId;
        this.records = records;
        this.endLeft = end;
        this.taken = taken;
        this.emitted = emitted;
    }

    /** Nothing, of no shard. */
    static ShardBatch none() {
        ShardBatch none = new ShardBatch("", List.<ReadRecord>of().iterator(), false, () -> {}, () -> {});
        none.begun = true;
        return none;
    }

    void take() {
        taken.run();
    }

    @Override
    public @Nullable String nextSplit() {
        if (begun) {
            return null;
        }
        begun = true;
        return shardId;
    }

    @Override
    public @Nullable ReadRecord nextRecordFromSplit() {
        if (records.hasNext()) {
            return records.next();
        }
        if (endLeft) {
            endLeft = false;
            return ReadRecord.END;
        }
        return null;
    }

    @Override
    public Set<String> finishedSplits() {
        return Set.of();
    }

    @Override
    public void recycle() {
        emitted.run();
    }
}
