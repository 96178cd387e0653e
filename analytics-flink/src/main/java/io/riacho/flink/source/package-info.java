/** Kinesis data streams as a source of Flink. */
@NullMarked
package io.riacho.flink.source;

import org.jspecify.annotations.NullMarked;
