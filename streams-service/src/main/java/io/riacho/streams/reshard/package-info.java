/** Splitting and merging shards. */
@NullMarked
package io.riacho.streams.reshard;

import org.jspecify.annotations.NullMarked;
