/** The seam to what delivery streams read. */
@NullMarked
package io.riacho.firehose.source;

import org.jspecify.annotations.NullMarked;
