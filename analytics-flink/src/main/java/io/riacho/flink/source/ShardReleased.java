package io.riacho.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** The shards that follow an ended one have readers, so it need not be kept open. */
record ShardReleased(String shardId) implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
