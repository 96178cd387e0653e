/** One append-only log per shard: durable append, read, recovery, retention. */
@NullMarked
package io.riacho.log;

import org.jspecify.annotations.NullMarked;
