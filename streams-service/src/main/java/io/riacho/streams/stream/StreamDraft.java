package io.riacho.streams.stream;

import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.traffic.StreamTraffic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream as CreateStream asks for it. */
record StreamDraft(
        String name,
        StreamMode mode,
        int shardCount,
        int maxRecordSizeInKiB,
        @Nullable Integer warmThroughputMiBps,
        Map<String, String> tags) {

    Stream toStream(long id, StreamNaming naming, Instant now, List<Shard> shards) {
        return new Stream(
                id,
                name,
                naming.arnOf(name),
                now.truncatedTo(ChronoUnit.SECONDS),
                StreamStatus.CREATING,
                mode,
                Stream.DEFAULT_RETENTION_HOURS,
                maxRecordSizeInKiB,
                warmThroughputMiBps,
                Set.of(),
                Collections.unmodifiableSortedMap(Stream.sorted(tags)),
                new ResourcePermissions(naming.arnOf(name), naming.accountId(), tags, null),
                new ShardMap(shards),
                shards.size(),
                List.of(),
                List.of(),
                List.of(),
                StreamEncryption.NONE,
                new StreamTraffic());
    }
}
