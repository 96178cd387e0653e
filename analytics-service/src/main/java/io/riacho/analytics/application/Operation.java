package io.riacho.analytics.application;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the API that takes its time, or took none.
 *
 * @param versionFrom null where it changes no version
 * @param ended whether it was over when it was begun
 * @param rollbackOf the operation that this one undoes
 */
public record Operation(
        String id,
        String name,
        Instant startedAt,
        @Nullable Long versionFrom,
        @Nullable Long versionTo,
        boolean ended,
        @Nullable String rollbackOf) {

    public static Operation of(String name, Instant now) {
        return new Operation(UUID.randomUUID().toString(), name, now, null, null, false, null);
    }

    static Operation changing(String name, Instant now, long from, long to, boolean ended) {
        return new Operation(UUID.randomUUID().toString(), name, now, from, to, ended, null);
    }

    Operation undoing(@Nullable String other) {
        return new Operation(id, name, startedAt, versionFrom, versionTo, ended, other);
    }
}
