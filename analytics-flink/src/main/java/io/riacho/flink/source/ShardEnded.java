package io.riacho.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader has given out all records of a closed shard, and keeps it open. */
record ShardEnded(String shardId) implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
