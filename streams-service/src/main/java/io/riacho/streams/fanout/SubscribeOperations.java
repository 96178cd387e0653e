package io.riacho.streams.fanout;

import io.riacho.log.ShardLog;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.WireResponse;
import io.riacho.streams.consumer.Consumer;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.consumer.ConsumerErrors;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.iterator.StartingPositions;
import io.riacho.streams.limit.ConsumerLimits;
import io.riacho.streams.record.ReadBuffers;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import io.riacho.streams.traffic.ConsumerMeasure;
import io.riacho.streams.traffic.Tallies;
import io.riacho.streams.usage.StreamsMeter;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;

/** SubscribeToShard. */
public final class SubscribeOperations {

    static final String OPERATION = "SubscribeToShard";

    private final StreamCatalog catalog;
    private final ConsumerCatalog consumers;
    private final StreamAccess access;
    private final KeyAccess keyAccess;
    private final StartingPositions positions;
    private final Subscriptions subscriptions;
    private final FanOutSettings settings;
    private final ShardLog log;
    private final StreamsMeter meter;
    private final InstantSource clock;
    private final ReadBuffers buffers;

    public SubscribeOperations(
            StreamCatalog catalog,
            ConsumerCatalog consumers,
            StreamAccess access,
            KeyAccess keyAccess,
            StartingPositions positions,
            Subscriptions subscriptions,
            FanOutSettings settings,
            ShardLog log,
            StreamsMeter meter,
            InstantSource clock) {
        this.catalog = catalog;
        this.consumers = consumers;
        this.access = access;
        this.keyAccess = keyAccess;
        this.positions = positions;
        this.subscriptions = subscriptions;
        this.settings = settings;
        this.log = log;
        this.meter = meter;
        this.clock = clock;
        buffers = new ReadBuffers(log);
    }

    public void subscribeToShard(WireRequest request, WireResponse response) {
        SubscribeToShardRequest asked = request.decode(SubscribeToShardRequest.class);
        RequestContext context = request.context();
        access.requireOfConsumer(context, OPERATION, asked.consumerARN(), Map.of());
        if (asked.streamId() != null) {
            throw StreamResolver.noStreamId();
        }
        String account = catalog.naming().accountId();
        Consumer consumer = consumers.get(asked.consumerARN());
        if (!consumer.isActive()) {
            throw ConsumerErrors.notActive(consumer, account);
        }
        Stream stream = consumers.streamOf(consumer);
        if (!stream.isServing()) {
            throw KinesisErrors.streamNotActive(
                    stream.name(), account, stream.status().toString());
        }
        int index = ShardIds.parse(asked.shardId())
                .orElseThrow(() -> KinesisErrors.noSuchShardId(asked.shardId(), stream.name(), account));
        Shard shard = stream.shards()
                .find(index)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(ShardIds.format(index), stream.name(), account));
        StartingPosition from = asked.startingPosition();
        long offset = positions.offset(OPERATION, from.type(), from.sequenceNumber(), from.timestamp(), stream, shard);
        Tallies<ConsumerMeasure> traffic = stream.traffic().consumer(consumer.name());
        ShardSubscription subscription;
        try {
            ConsumerLimits limits = limits(consumer, shard, traffic);
            EventFrames frames = EventFrames.of(request.format());
            subscription = new ShardSubscription(
                    catalog,
                    log,
                    settings,
                    new Subscriber(consumers, access, keyAccess, context, consumer, stream, shard, limits),
                    frames,
                    new EventSource(
                            log,
                            buffers,
                            subscriptions.memory(),
                            clock,
                            frames,
                            traffic,
                            (read, bytes) -> meter.pushed(read, consumer.name(), context.principalArn(), bytes),
                            offset),
                    subscriptions::ended);
            subscriptions.begin(subscription);
        } catch (AwsException e) {
            traffic.add(ConsumerMeasure.SUCCESS, 0);
            throw e;
        }
        traffic.add(ConsumerMeasure.SUCCESS, 1);
        try {
            response.stream(EventFrames.CONTENT_TYPE, subscription);
        } catch (RuntimeException e) {
            subscriptions.ended(subscription);
            throw e;
        }
    }

    private ConsumerLimits limits(Consumer consumer, Shard shard, Tallies<ConsumerMeasure> traffic) {
        try {
            ConsumerLimits limits = subscriptions.call(consumer, shard);
            traffic.add(ConsumerMeasure.RATE_EXCEEDED, 0);
            return limits;
        } catch (AwsException e) {
            traffic.add(ConsumerMeasure.RATE_EXCEEDED, 1);
            throw e;
        }
    }
}
