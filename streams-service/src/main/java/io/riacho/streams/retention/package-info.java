/** Letting go of records and closed shards past their stream's retention period. */
@NullMarked
package io.riacho.streams.retention;

import org.jspecify.annotations.NullMarked;
