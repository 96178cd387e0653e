package io.riacho.streams.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.traffic.ConsumerMeasure;
import io.riacho.streams.traffic.HotKeys;
import io.riacho.streams.traffic.StreamMeasure;
import io.riacho.streams.traffic.StreamTraffic;
import io.riacho.streams.traffic.Tallies;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What goes through a stream now, for those who look at it. */
@RestController
@RequestMapping(path = "/v1/streams/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
public final class StreamActivityController {

    private static final int MOST_KEYS = 100;

    private final StreamCatalog catalog;
    private final StreamAccess access;
    private final InstantSource clock;
    private final WatchedKeys watched;

    public StreamActivityController(
            StreamCatalog catalog, StreamAccess access, InstantSource clock, LongSupplier nanoTime) {
        this.catalog = catalog;
        this.access = access;
        this.clock = clock;
        this.watched = new WatchedKeys(nanoTime);
    }

    /**
     * Counts since the process began, which only grow: two answers make a rate.
     *
     * @param shards those that take records
     */
    record Activity(Instant at, Flow incoming, Flow outgoing, List<ShardActivity> shards) {}

    /** @param throttled how many records were not taken, or calls not served, because a shard was too busy */
    record Flow(long records, long bytes, long throttled) {}

    record ShardActivity(String shardId, long incomingRecords, long incomingBytes, long throttledRecords) {}

    /**
     * The partition keys that most records have.
     *
     * @param seconds how much time was looked at: up to twenty, and nothing before somebody asks
     * @param atMostMore how many more than its count a key may have
     */
    record KeyActivity(double seconds, long records, long atMostMore, List<KeyCount> keys) {}

    record KeyCount(String partitionKey, long records) {}

    @GetMapping("/activity")
    Activity activity(@PathVariable String name, RequestContext context) {
        Stream stream = find(name, "DescribeStreamSummary", context);
        StreamTraffic traffic = stream.traffic();
        long fanOutRecords = 0;
        long fanOutBytes = 0;
        for (Tallies<ConsumerMeasure> consumer : traffic.consumers().values()) {
            fanOutRecords += consumer.of(ConsumerMeasure.EVENT_RECORDS).sum();
            fanOutBytes += consumer.of(ConsumerMeasure.EVENT_BYTES).sum();
        }
        return new Activity(
                clock.instant(),
                new Flow(
                        sum(traffic, StreamMeasure.INCOMING_RECORDS),
                        sum(traffic, StreamMeasure.INCOMING_BYTES),
                        sum(traffic, StreamMeasure.WRITES_THROTTLED)),
                new Flow(
                        sum(traffic, StreamMeasure.GET_RECORDS_RECORDS) + fanOutRecords,
                        sum(traffic, StreamMeasure.GET_RECORDS_BYTES) + fanOutBytes,
                        sum(traffic, StreamMeasure.READS_THROTTLED)),
                stream.shards().open().stream()
                        .map(StreamActivityController::of)
                        .toList());
    }

    /** Keys are a part of records, so it takes what reading records takes. */
    @GetMapping("/hot-keys")
    KeyActivity hotKeys(
            @PathVariable String name, @RequestParam(defaultValue = "20") int limit, RequestContext context) {
        Stream stream = find(name, "GetRecords", context);
        if (limit < 1 || limit > MOST_KEYS) {
            throw KinesisErrors.validation("'limit' has to be 1 to " + MOST_KEYS + ".");
        }
        HotKeys.Top top = watched.of(stream).top(limit);
        return new KeyActivity(
                top.since().toMillis() / 1000.0,
                top.records(),
                top.atMostMore(),
                top.keys().stream()
                        .map(key -> new KeyCount(key.partitionKey(), key.records()))
                        .toList());
    }

    private Stream find(String name, String operation, RequestContext context) {
        access.require(context, operation, name);
        return catalog.find(name)
                .orElseThrow(() ->
                        KinesisErrors.streamNotFound(name, catalog.naming().accountId()));
    }

    private static ShardActivity of(Shard shard) {
        return new ShardActivity(
                shard.id(),
                shard.traffic().incomingRecords(),
                shard.traffic().incomingBytes(),
                shard.traffic().throttledRecords());
    }

    private static long sum(StreamTraffic traffic, StreamMeasure measure) {
        return traffic.of(measure).sum();
    }
}
