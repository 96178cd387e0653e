package io.riacho.flink.source;

import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * A shard, and how far it is read.
 *
 * @param keys the hash keys that it holds, which say whether an aggregated record is its own; null where that is not known
 * @param rowtime the rowtime that was given last, in milliseconds since 1970, which no later row has less of
 */
record ShardSplit(String shardId, @Nullable KeyRange keys, Position position, long rowtime) implements SourceSplit {

    /** Both ends in decimal, and included. */
    record KeyRange(String first, String last) {}

    @Override
    public String splitId() {
        return shardId;
    }

    ShardSplit at(Position moved, long rowtime) {
        return new ShardSplit(shardId, keys, moved, rowtime);
    }

    boolean isEnded() {
        return position instanceof Position.End;
    }
}
