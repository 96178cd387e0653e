/** Who works on streams: applications, their shards, workers, checkpoints and lag, whatever keeps their leases. */
@NullMarked
package io.riacho.streams.application;

import org.jspecify.annotations.NullMarked;
