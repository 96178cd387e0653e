/** Kinesis as a source, where its role is refused. */
@NullMarked
package io.riacho.firehose.source.kinesis;

import org.jspecify.annotations.NullMarked;
