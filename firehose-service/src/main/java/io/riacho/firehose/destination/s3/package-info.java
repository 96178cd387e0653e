/** Buckets: as a destination of their own, and for what other destinations keep there. */
@NullMarked
package io.riacho.firehose.destination.s3;

import org.jspecify.annotations.NullMarked;
