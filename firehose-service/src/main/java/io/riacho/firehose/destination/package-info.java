/** The seam to the places that delivery streams deliver to. */
@NullMarked
package io.riacho.firehose.destination;

import org.jspecify.annotations.NullMarked;
