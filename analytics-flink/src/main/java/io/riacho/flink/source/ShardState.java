package io.riacho.flink.source;

/** How far a shard's records are given out. Used by the reader's thread. */
final class ShardState {

    private final ShardSplit split;
    private Position position;

    ShardState(ShardSplit split) {
        this.split = split;
        this.position = split.position();
    }

    String shardId() {
        return split.shardId();
    }

    void moveTo(Position moved) {
        position = moved;
    }

    ShardSplit split(long rowtime) {
        return split.at(position, rowtime);
    }
}
