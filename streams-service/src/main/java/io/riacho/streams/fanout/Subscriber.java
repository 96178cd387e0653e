package io.riacho.streams.fanout;

import io.riacho.protocol.RequestContext;
import io.riacho.streams.consumer.Consumer;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.limit.ConsumerLimits;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import java.util.Map;

/** Who subscribes to which shard, and whether it may. Used by the thread of its subscription. */
final class Subscriber {

    private final ConsumerCatalog consumers;
    private final StreamAccess access;
    private final KeyAccess keyAccess;
    private final RequestContext context;
    private final Consumer consumer;
    private final Shard shard;
    private final ConsumerLimits limits;
    private KeyAccess.Opening opening;

    /**
     * @param context that was allowed to subscribe
     * @throws io.riacho.protocol.AwsException a KMS… error where it may not use the stream's key
     */
    Subscriber(
            ConsumerCatalog consumers,
            StreamAccess access,
            KeyAccess keyAccess,
            RequestContext context,
            Consumer consumer,
            Stream stream,
            Shard shard,
            ConsumerLimits limits) {
        this.consumers = consumers;
        this.access = access;
        this.keyAccess = keyAccess;
        this.context = context;
        this.consumer = consumer;
        this.shard = shard;
        this.limits = limits;
        keyAccess.requireUsable(stream);
        opening = keyAccess.opening(context, stream);
    }

    /** @throws io.riacho.protocol.AwsException ResourceNotFoundException where the consumer is gone, or about to go */
    void requireActive() {
        boolean isActive = consumers
                .find(consumer.arn())
                .filter(now -> now.id() == consumer.id() && now.isActive())
                .isPresent();
        if (!isActive) {
            throw consumers.notFound(consumer.arn());
        }
    }

    /**
     * Asks again, by the policies as they are now.
     *
     * @throws io.riacho.protocol.AwsException where the caller may not read any more
     */
    void recheck(Stream stream) {
        RequestContext now = context.renewed();
        access.requireOfConsumer(now, SubscribeOperations.OPERATION, consumer.arn(), Map.of());
        keyAccess.requireUsable(stream);
        opening = keyAccess.opening(now, stream);
    }

    KeyAccess.Opening opening() {
        return opening;
    }

    ConsumerLimits limits() {
        return limits;
    }

    Consumer consumer() {
        return consumer;
    }

    long streamId() {
        return consumer.streamId();
    }

    String streamName() {
        return consumer.streamName();
    }

    int shardIndex() {
        return shard.index();
    }

    long shardNumber() {
        return shard.number();
    }

    String shardId() {
        return shard.id();
    }

    @Override
    public String toString() {
        return consumer.streamName() + ':' + shard.id() + ':' + consumer.name();
    }
}
