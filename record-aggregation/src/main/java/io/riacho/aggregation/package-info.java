/** User records out of what the Kinesis Producer Library aggregates. */
@NullMarked
package io.riacho.aggregation;

import org.jspecify.annotations.NullMarked;
