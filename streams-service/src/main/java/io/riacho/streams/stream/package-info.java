/** Streams: the catalog in memory, its tables, and the operations that create, describe, change and delete them. */
@NullMarked
package io.riacho.streams.stream;

import org.jspecify.annotations.NullMarked;
