/** Buckets: as destinations, and as the places where other destinations leave what they did not take. */
@NullMarked
package io.riacho.firehose.destination.s3;

import org.jspecify.annotations.NullMarked;
