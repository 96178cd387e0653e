/** Enhanced (shard-level) monitoring settings. */
@NullMarked
package io.riacho.streams.monitoring;

import org.jspecify.annotations.NullMarked;
