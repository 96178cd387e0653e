/** Firehose: delivery streams, and the engine that delivers what is put into them. */
@NullMarked
package io.riacho.firehose;

import org.jspecify.annotations.NullMarked;
