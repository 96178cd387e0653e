/** Records on their way from a source to a destination. */
@NullMarked
package io.riacho.firehose.record;

import org.jspecify.annotations.NullMarked;
