package io.riacho.analytics.snapshot;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotStatus;

/**
 * A savepoint that has a name.
 *
 * @param version of the application that it was taken of
 * @param path null as long as it is not taken
 */
public record Snapshot(
        UUID application,
        String name,
        SnapshotStatus status,
        long version,
        String runtime,
        Instant createdAt,
        @Nullable String path) {}
