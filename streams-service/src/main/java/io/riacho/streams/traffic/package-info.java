/** Counts of what streams, shards and consumers take and give. */
@NullMarked
package io.riacho.streams.traffic;

import org.jspecify.annotations.NullMarked;
