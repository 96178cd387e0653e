/** Kinesis data streams, Firehose delivery streams and functions as sinks of Flink. */
@NullMarked
package io.riacho.flink.sink;

import org.jspecify.annotations.NullMarked;
