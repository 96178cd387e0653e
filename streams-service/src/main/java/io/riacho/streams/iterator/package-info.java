/** Shard iterators. */
@NullMarked
package io.riacho.streams.iterator;

import org.jspecify.annotations.NullMarked;
