package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import io.riacho.streams.shard.Shard;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the answer to GetRecords, record by record, straight from the log's bytes. */
sealed interface GetRecordsAnswer permits GetRecordsJson, GetRecordsCbor {

    void begin() throws IOException;

    /** Writes the record that the chunk's cursor is on. */
    void record(Shard shard, LogChunk chunk) throws IOException;

    /**
     * @param nextIterator null at the end of a closed shard
     * @param children only at the end of a closed shard
     */
    void end(@Nullable String nextIterator, long millisBehindLatest, List<ChildShard> children) throws IOException;

    /** A shard that goes on where the one that was read ends. */
    record ChildShard(String shardId, List<String> parents, String startingHashKey, String endingHashKey) {}
}
