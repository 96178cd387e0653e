/** Redshift: objects in a bucket, a manifest, and a {@code COPY}. */
@NullMarked
package io.riacho.firehose.destination.redshift;

import org.jspecify.annotations.NullMarked;
