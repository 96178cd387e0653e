/** The engine: reads a source's shards, buffers, delivers, and writes down how far it is. */
@NullMarked
package io.riacho.firehose.delivery;

import org.jspecify.annotations.NullMarked;
