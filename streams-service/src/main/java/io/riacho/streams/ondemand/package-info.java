/** On-demand streams: shards follow the traffic. */
@NullMarked
package io.riacho.streams.ondemand;

import org.jspecify.annotations.NullMarked;
