package io.riacho.streams.retention;

import io.riacho.log.ShardLog;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops segments past their stream's retention period, and forgets closed shards of which nothing is left. What readers
 * see does not wait for it: they are held to the exact trim horizon.
 */
public final class RetentionSweep implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(RetentionSweep.class);

    private final StreamCatalog catalog;
    private final ShardLog shardLog;
    private final InstantSource clock;

    public RetentionSweep(StreamCatalog catalog, ShardLog shardLog, InstantSource clock) {
        this.catalog = catalog;
        this.shardLog = shardLog;
        this.clock = clock;
    }

    @Override
    public void run() {
        for (Stream stream : catalog.all()) {
            try {
                if (stream.isServing()) {
                    sweep(stream);
                }
            } catch (RuntimeException e) {
                log.warn("Stream {} could not be trimmed; trying again later", stream.name(), e);
            }
        }
    }

    private void sweep(Stream stream) {
        Instant horizon = stream.trimHorizon(clock.instant());
        List<Shard> expired = stream.shards().all().stream()
                .filter(shard -> isExpired(shard, horizon))
                .toList();
        if (!expired.isEmpty()) {
            // A shard that is forgotten first would leave its files behind for good if the process died in between.
            expired.forEach(shard -> shardLog.delete(shard.number()));
            catalog.change(stream, now -> without(now, expired));
        }
        stream.shards().all().stream()
                .filter(shard -> !expired.contains(shard))
                .forEach(shard -> shardLog.dropBefore(shard.number(), horizon.toEpochMilli()));
    }

    private static boolean isExpired(Shard shard, Instant horizon) {
        Instant closedAt = shard.closedAt();
        return closedAt != null && closedAt.isBefore(horizon);
    }

    private static Stream without(Stream stream, List<Shard> expired) {
        List<Integer> gone = expired.stream().map(Shard::index).toList();
        List<Shard> kept = stream.shards().all().stream()
                .filter(shard -> !gone.contains(shard.index()))
                .toList();
        return stream.changed()
                .shards(new ShardMap(kept), stream.nextShardIndex())
                .done();
    }
}
