/** What Firehose answers where something is wrong. */
@NullMarked
package io.riacho.firehose.error;

import org.jspecify.annotations.NullMarked;
