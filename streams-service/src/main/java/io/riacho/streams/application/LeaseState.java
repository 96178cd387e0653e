package io.riacho.streams.application;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease as its keeper knows it.
 *
 * @param stream the name of the stream; null where the lease does not tell
 * @param shard the shard's id
 * @param worker that has it; null where nobody has
 * @param checkpoint a sequence number, or a word such as {@code TRIM_HORIZON}
 * @param changedAt when the lease or its checkpoint was last written; null where it is not known
 */
public record LeaseState(
        @Nullable String stream,
        String shard,
        @Nullable String worker,
        String checkpoint,
        boolean ended,
        @Nullable Instant changedAt) {}
