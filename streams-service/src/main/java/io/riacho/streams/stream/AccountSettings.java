package io.riacho.streams.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account's minimum throughput billing commitment. Riacho bills nobody; what the commitment is for here is to allow
 * warm throughput.
 *
 * @param startedAt null where the account never committed
 * @param endedAt null while the commitment goes on
 */
public record AccountSettings(
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant earliestAllowedEndAt) {

    public static final AccountSettings NEVER_COMMITTED = new AccountSettings(null, null, null);

    /** Whether the commitment is in force at the time. */
    public boolean isCommitted(Instant now) {
        return startedAt != null && (endedAt == null || endedAt.isAfter(now));
    }
}
