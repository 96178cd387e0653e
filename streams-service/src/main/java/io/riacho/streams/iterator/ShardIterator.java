package io.riacho.streams.iterator;

import java.time.Instant;

/**
 * A place in a shard from which to read on.
 *
 * @param streamId the stream that it was made for; another of the same name is read from its beginning
 * @param offset of the next record to read
 */
public record ShardIterator(String streamName, long streamId, int shardIndex, long offset, Instant createdAt) {}
