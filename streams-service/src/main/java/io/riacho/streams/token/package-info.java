/** Opaque tokens given to clients: shard iterators and page tokens. */
@NullMarked
package io.riacho.streams.token;

import org.jspecify.annotations.NullMarked;
