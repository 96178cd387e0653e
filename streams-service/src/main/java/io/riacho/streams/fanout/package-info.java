/** SubscribeToShard: records are pushed to consumers as they are committed. */
@NullMarked
package io.riacho.streams.fanout;

import org.jspecify.annotations.NullMarked;
