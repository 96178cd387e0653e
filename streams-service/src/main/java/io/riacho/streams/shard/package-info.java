/** Shards, their hash key ranges and sequence numbers: values without storage. */
@NullMarked
package io.riacho.streams.shard;

import org.jspecify.annotations.NullMarked;
