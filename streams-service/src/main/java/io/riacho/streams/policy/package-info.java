/** The policies of streams themselves. */
@NullMarked
package io.riacho.streams.policy;

import org.jspecify.annotations.NullMarked;
