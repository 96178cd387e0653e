package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import io.riacho.protocol.WireFormat;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.shard.ShardMap;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to GetRecords, or an event of SubscribeToShard, record by record, straight from the log's bytes. Not
 * thread-safe.
 */
public sealed interface GetRecordsAnswer permits GetRecordsJson, GetRecordsCbor {

    /** An answer to GetRecords. */
    static GetRecordsAnswer answer(WireFormat format, AnswerBuffer out) {
        return of(format, out, "NextShardIterator");
    }

    /** An event of SubscribeToShard. */
    static GetRecordsAnswer event(WireFormat format, AnswerBuffer out) {
        return of(format, out, "ContinuationSequenceNumber");
    }

    private static GetRecordsAnswer of(WireFormat format, AnswerBuffer out, String next) {
        return switch (format) {
            case JSON -> new GetRecordsJson(out, next);
            case CBOR -> new GetRecordsCbor(out, next);
        };
    }

    void begin() throws IOException;

    /** Writes the record that the chunk's cursor is on. */
    void record(Shard shard, LogChunk chunk) throws IOException;

    /**
     * @param next where to read on; null at the end of a closed shard
     * @param children only at the end of a closed shard
     */
    void end(@Nullable String next, long millisBehindLatest, List<ChildShard> children) throws IOException;

    /** A shard that goes on where the one that was read ends. */
    record ChildShard(String shardId, List<String> parents, String startingHashKey, String endingHashKey) {

        /** Those that go on where the shard ends. */
        public static List<ChildShard> of(ShardMap shards, Shard shard) {
            return shards.childrenOf(shard).stream()
                    .map(child -> new ChildShard(
                            child.id(),
                            IntStream.concat(child.parent().stream(), child.adjacentParent().stream())
                                    .mapToObj(ShardIds::format)
                                    .toList(),
                            child.range().start().toString(),
                            child.range().end().toString()))
                    .toList();
        }
    }
}
