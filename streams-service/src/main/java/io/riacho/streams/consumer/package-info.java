/** Consumers that are registered with streams, for enhanced fan-out. */
@NullMarked
package io.riacho.streams.consumer;

import org.jspecify.annotations.NullMarked;
