package io.riacho.leasetables.application;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease on one shard, as a KCL application wrote it.
 *
 * @param key of the lease: the shard's id, behind the stream's where the application reads several streams
 * @param stream the stream's name; null where the application reads one stream, which its leases then do not tell
 * @param owner the worker that has the lease, or had it last; null where nobody has
 * @param counter changes whenever the owner renews the lease
 * @param checkpoint a sequence number, or {@code TRIM_HORIZON}, {@code LATEST}, {@code AT_TIMESTAMP} or {@code SHARD_END}
 * @param changedAt when anything of it was last written
 */
public record ShardLease(
        String key,
        @Nullable String stream,
        String shard,
        @Nullable String owner,
        long counter,
        String checkpoint,
        Instant changedAt) {}
