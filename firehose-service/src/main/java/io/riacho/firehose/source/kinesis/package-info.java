/** Kinesis streams as sources, read over the wire like any other consumer. */
@NullMarked
package io.riacho.firehose.source.kinesis;

import org.jspecify.annotations.NullMarked;
