package io.riacho.firehose.source.kinesis;

import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.NewLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

/**
 * A Kinesis stream, read by enhanced fan-out where the delivery stream may be a consumer of it, and by GetRecords where it
 * may not.
 */
public final class KinesisSource implements RecordSource {

    /** The role may not ask, or many delivery streams have just asked: ten may in a second. */
    private static final Set<String> UNTOLD = Set.of("AccessDeniedException", "LimitExceededException");

    private final KinesisAsyncClient kinesis;
    private final String streamArn;
    private final @Nullable Instant from;
    private final Subscriptions subscriptions;
    private final StreamConsumer consumer;
    private final RecordReader records;

    /**
     * @param kinesis closed with this
     * @param from when reading begins; null for all that the stream has
     * @param consumerName by which the delivery stream is a consumer of the stream
     * @param subscriptions of all sources together
     * @param metadata whether records carry what functions are told of them
     */
    public KinesisSource(
            KinesisAsyncClient kinesis,
            String streamArn,
            @Nullable Instant from,
            String consumerName,
            Subscriptions subscriptions,
            boolean metadata) {
        this.kinesis = kinesis;
        this.streamArn = streamArn;
        this.from = from;
        this.subscriptions = subscriptions;
        this.consumer = new StreamConsumer(kinesis, streamArn, consumerName);
        this.records = new RecordReader(metadata);
    }

    @Override
    public String name() {
        return streamArn;
    }

    /** When the stream was made; roles that were made for AWS's Firehose may ask for that. */
    @Override
    public @Nullable String identity() throws SourceException, InterruptedException {
        if (from == null) {
            // A stream of Riacho's own, whose name nobody else takes.
            return null;
        }
        try {
            return KinesisAnswers.await(kinesis.describeStream(
                            request -> request.streamARN(streamArn).limit(1)))
                    .streamDescription()
                    .streamCreationTimestamp()
                    .toString();
        } catch (SourceException e) {
            if (UNTOLD.contains(e.code())) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public List<NewLease> shards() throws SourceException, InterruptedException {
        String checkpoint = StartingPoint.text(from);
        List<NewLease> leases = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListShardsResponse answer = KinesisAnswers.await(kinesis.listShards(request -> {
                if (next == null) {
                    request.streamARN(streamArn).shardFilter(filter());
                } else {
                    request.nextToken(next);
                }
            }));
            answer.shards().forEach(shard -> leases.add(new NewLease(shard.shardId(), parents(shard), checkpoint)));
            token = answer.nextToken();
        } while (token != null);
        return leases;
    }

    @Override
    public ShardReader open(String shard, String checkpoint) {
        StartingPoint point = StartingPoint.of(checkpoint);
        return new FallbackReader(
                consumer,
                subscriptions,
                () -> new SubscribedReader(kinesis, consumer, records, shard, point),
                () -> new PolledReader(kinesis, records, streamArn, shard, point));
    }

    /** Ends being a consumer, because the delivery stream is deleted. */
    public void forget() throws InterruptedException {
        consumer.deregister();
    }

    @Override
    public void close() {
        kinesis.close();
    }

    private ShardFilter filter() {
        return from == null
                ? ShardFilter.builder().type(ShardFilterType.FROM_TRIM_HORIZON).build()
                : ShardFilter.builder()
                        .type(ShardFilterType.FROM_TIMESTAMP)
                        .timestamp(from)
                        .build();
    }

    static List<String> parents(Shard shard) {
        return Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(parent -> parent != null && !parent.isEmpty())
                .toList();
    }
}
