/** The throughput limits of shards. */
@NullMarked
package io.riacho.streams.limit;

import org.jspecify.annotations.NullMarked;
